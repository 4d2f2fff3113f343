using System.Text;
using System.Text.Json.Nodes;
using Digitizer.Failures;
using Digitizer.Intake.BlobQueues;

namespace Digitizer.Tests.Intake.BlobQueues;

public sealed class EnvelopeTests
{
    private static readonly EnvelopeReader Reader = new("quay", ["scans", "more"], trustDossier: true);

    [Fact]
    public void An_event_of_Event_Grid_names_container_blob_and_version()
        => Assert.Equal(new WantedBlob("scans", "a/đơn.pdf", "0x8D4"), Read(Events.Grid("quay", "scans", "a/đơn.pdf", "0x8D4")).Blob);

    [Fact]
    public void A_cloud_event_does_too()
        => Assert.Equal(new WantedBlob("more", "b.tif", "0x8D4"), Read(Events.Cloud("quay", "more", "b.tif", "\"0x8D4\"")).Blob);

    [Theory]
    [InlineData("""{"version":1,"container":"scans","blob":"x.pdf"}""", null, null)]
    [InlineData("""{"version":1,"container":"scans","blob":"x.pdf","eTag":"0x1","dossier":"000.00.01.H29-260310-0420","account":"quay"}""", "0x1", "000.00.01.H29-260310-0420")]
    [InlineData(" \n{\"version\":1,\"container\":\"scans\",\"blob\":\"x.pdf\",\"eTag\":null}", null, null)]
    public void A_message_of_ours_may_name_version_and_dossier(string body, string? version, string? dossier)
        => Assert.Equal(new WantedBlob("scans", "x.pdf", version, dossier), Read(body).Blob);

    [Fact]
    public void The_dossier_of_a_message_is_passed_over_where_it_is_not_trusted()
        => Assert.Null(new EnvelopeReader("quay", ["scans"], trustDossier: false).Read(Events.Ours("scans", "x", dossier: "000.00.01.H29-260310-0420")).Blob!.Dossier);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_body_may_be_Base64_and_an_event_may_stand_in_a_list(bool isList)
    {
        var json = Events.Grid("quay", "scans", "x", "0x1");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(isList ? $"[{json}]" : json));

        Assert.Equal(new WantedBlob("scans", "x", "0x1"), Read(body).Blob);
    }

    [Theory]
    [InlineData("../other/x.pdf")]
    [InlineData("a//b")]
    [InlineData("tab\tand\nline")]
    [InlineData("\u202Efdp.exe")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("/blobs/a")]
    public void The_name_of_a_blob_is_any_text(string name)
    {
        Assert.Equal(name, Read(Events.Grid("quay", "scans", name, "0x1")).Blob!.Blob);
        Assert.Equal(name, Read(Events.Ours("scans", name)).Blob!.Blob);
    }

    [Fact]
    public void Addresses_in_an_event_are_not_looked_at()
    {
        var json = JsonNode.Parse(Events.Grid("quay", "scans", "x", "0x1"))!;
        json["data"]!["url"] = "https://evil.example/scans/y";

        Assert.Equal(new WantedBlob("scans", "x", "0x1"), Read(json.ToJsonString()).Blob);
    }

    [Theory]
    [InlineData("Microsoft.Storage.BlobDeleted")]
    [InlineData("Microsoft.Storage.BlobTierChanged")]
    [InlineData("Microsoft.EventGrid.SubscriptionValidationEvent")]
    public void Other_events_are_passed_over(string type)
    {
        Assert.NotNull(Read(Events.Grid("quay", "scans", "x", "0x1", type: type)).Ignored);
        Assert.NotNull(Read(Events.Cloud("quay", "scans", "x", "0x1", type: type)).Ignored);
    }

    [Theory]
    [InlineData("CreateFile", 0, false)]
    [InlineData("SftpCreate", 0, false)]
    [InlineData("CreateFile", 10, true)]
    [InlineData("FlushWithClose", 0, true)]
    [InlineData("SftpCommit", 10, true)]
    [InlineData("PutBlob", 0, true)]
    [InlineData("PutBlockList", 10, true)]
    [InlineData("CopyBlob", 10, true)]
    public void A_file_that_is_only_begun_is_left_to_the_event_that_follows(string api, int length, bool isTaken)
        => Assert.Equal(isTaken, Read(Events.Grid("quay", "scans", "x", "0x1", api: api, length: length)).Blob is not null);

    [Theory]
    [InlineData("other", "scans")]
    [InlineData("quay.evil.example", "scans")]
    [InlineData("quay", "secrets")]
    [InlineData("quay", "Scans")]
    [InlineData("quay", "..")]
    [InlineData("quay", "")]
    public void What_is_not_on_the_list_is_not_taken(string account, string container)
    {
        foreach (var body in new[] { Events.Grid(account, container, "x", "0x1"), Events.Cloud(account, container, "x", "0x1"), Events.Ours(container, "x", account: account) })
        {
            Assert.Equal(FailureKind.BlobNotAllowed, Read(body).Refusal!.Kind);
        }
    }

    public static TheoryData<string> Garbage() => new(
        "", " ", "hello", "{", "[]", "{}", "null", "1", "\"text\"", "[[]]", "[1]", "AAAA", "////", "e30=", "<xml/>",
        $"[{Events.Grid("quay", "scans", "x", "1")},{Events.Grid("quay", "scans", "y", "1")}]",
        """{"version":2,"container":"scans","blob":"x"}""",
        """{"version":"1","container":"scans","blob":"x"}""",
        """{"version":1.5,"container":"scans","blob":"x"}""",
        """{"version":1,"container":"scans"}""",
        """{"version":1,"container":"scans","blob":""}""",
        """{"version":1,"container":"scans","blob":7}""",
        """{"version":1,"container":["scans"],"blob":"x"}""",
        """{"version":1,"container":"scans","blob":"x","blob":"y"}""",
        """{"version":1,"container":"scans","blob":"x","Dossier":"a"}""",
        """{"version":1,"container":"scans","blob":"x","eTag":"a b"}""",
        """{"version":1,"container":"scans","blob":"x","eTag":""}""",
        """{"version":1,"container":"scans","blob":"\ud800"}""",
        """{"version":1,"container":"scans","blob":"x",}""",
        """{"specversion":"2.0","type":"Microsoft.Storage.BlobCreated"}""",
        """{"specversion":1,"type":"Microsoft.Storage.BlobCreated"}""",
        """{"eventType":["Microsoft.Storage.BlobCreated"]}""",
        """{"eventType":"Microsoft.Storage.BlobCreated"}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{}}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{},"subject":"/blobServices/default/containers/scans","topic":"/x/storageAccounts/quay"}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{},"subject":"/containers/scans/blobs/x","topic":"/x/storageAccounts/quay"}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{},"subject":"/blobServices/default/containers/a/b/blobs/x","topic":"/x/storageAccounts/quay"}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{},"subject":"/blobServices/default/containers/scans/blobs/x","topic":"quay"}""",
        """{"eventType":"Microsoft.Storage.BlobCreated","data":{},"subject":"/blobServices/default/containers/scans/blobs/","topic":"/x/storageAccounts/quay"}""",
        new string('[', 70_000),
        $$"""{"version":1,"container":"scans","blob":"{{new string('x', 1025)}}"}""",
        string.Concat(Enumerable.Repeat("""{"a":""", 500)) + "1" + new string('}', 500),
        Convert.ToBase64String([0xFF, 0xFE, 0x7B]));

    [Theory]
    [MemberData(nameof(Garbage))]
    public void What_cannot_be_understood_is_refused_and_nothing_of_it_is_told(string body)
    {
        var refusal = Assert.IsType<DigitizerException>(Read(body).Refusal);

        Assert.Equal(FailureKind.MessageInvalid, refusal.Kind);
        Assert.InRange(refusal.Message.Length, 1, 300);
    }

    [Fact]
    public void Bytes_of_any_kind_never_make_it_throw()
    {
        var random = new Random(7);
        var seeds = new[] { Events.Grid("quay", "scans", "x", "0x1"), Events.Cloud("quay", "scans", "x", "0x1"), Events.Ours("scans", "x", eTag: "0x1") };
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = seeds[i % seeds.Length].ToCharArray();
            for (var n = random.Next(4); n >= 0; n--)
            {
                body[random.Next(body.Length)] = (char)random.Next(1, i % 2 == 0 ? 128 : 0xFFFF);
            }

            var envelope = Read(new string(body));
            Assert.Equal(1, new object?[] { envelope.Blob, envelope.Ignored, envelope.Refusal }.Count(o => o is not null));
            Assert.True(envelope.Blob is null or { Container: "scans" or "more" });
            taken += envelope.Blob is null ? 0 : 1;
        }

        Assert.InRange(taken, 1, 19_999);
    }

    private static Envelope Read(string body) => Reader.Read(body);
}
