using System.Web;
using Digitizer.Dossiers;
using Digitizer.Intake;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Dossiers;

public sealed class FileLinksTests
{
    private static readonly Uri Host = new("https://digitizer.example/");
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly LinkedFile File = new(new DeliveryKey(DocumentId.ForPart(UnitId.Create(DateTimeOffset.UnixEpoch, new byte[10]), 1), 2), "pdf");

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(10));

    [Fact]
    public void A_link_opens_the_file_that_it_names() => Assert.Equal(File, Check(Links(), Links().Create(File)));

    [Fact]
    public void A_link_ends()
    {
        var link = Links().Create(File);
        time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(Check(Links(), link));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(Check(Links(), link));
    }

    [Fact]
    public void Two_tries_within_an_hour_say_the_same()
    {
        var link = Links().Create(File);
        time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(link, Links().Create(File));
    }

    [Fact]
    public void A_link_with_one_character_changed_anywhere_opens_nothing()
    {
        var link = Links().Create(File).AbsoluteUri;
        for (var i = Host.AbsoluteUri.Length; i < link.Length; i++)
        {
            var changed = link[..i] + (link[i] == '0' ? '1' : '0') + link[(i + 1)..];
            Assert.True(!Uri.TryCreate(changed, UriKind.Absolute, out var uri) || Check(Links(), uri) is null, changed);
        }
    }

    [Fact]
    public void A_new_secret_leaves_links_of_the_old_one_good_and_others_not()
    {
        var link = Links().Create(File);
        byte[] fresh = [.. Enumerable.Repeat((byte)8, 32)];
        Assert.NotNull(Check(Links(fresh, Secret), link));
        Assert.Null(Check(Links(fresh), link));
    }

    private FileLinks Links(params byte[][] secrets) => new(Host, secrets.Length == 0 ? [Secret] : secrets, TimeSpan.FromHours(1), time);

    private static LinkedFile? Check(FileLinks links, Uri uri)
    {
        var query = HttpUtility.ParseQueryString(uri.Query);
        return uri.AbsolutePath.Split('/') is ["", "files", var document, var revision, var kind] ? links.Check(document, revision, kind, query["expires"], query["signature"]) : null;
    }
}
