using System.Net;
using System.Text.Json.Nodes;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>A dossier system that is told addresses and fetches the files itself.</summary>
public sealed class LinkedFilesTests
{
    [Fact]
    public async Task It_fetches_what_it_was_told_of_and_nobody_finds_anything_else_there()
    {
        using var folder = new TempFolder();
        await using var system = await DossierSystem.StartAsync(folder["system"]);
        var address = ServiceUnderTest.FreeAddress();
        File.WriteAllBytes(folder["secret"], [.. Enumerable.Range(0, 48).Select(i => (byte)i)]);
        File.SetUnixFileMode(folder["secret"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var house = new TrialHouse(dossiers: system, change: configuration =>
        {
            var options = configuration["Service"]!["DossierSystem"]!.AsObject();
            options["Style"] = "Link";
            options["Links"] = new JsonObject { ["PublicAddress"] = address + "/", ["Listen"] = address, ["SecretFile"] = folder["secret"] };
        });
        await house.StartAsync();
        house.Scan(1, pages: 3);
        house.Scan(2);
        Assert.True(await house.SettledAsync(), house.Log);
        Assert.Empty(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));

        using var client = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var path in new[] { "/", "/health/ready", "/jobs", "/files", $"/files/{Guid.NewGuid()}/1/pdf", $"/files/{Guid.NewGuid()}/1/pdf?expires=9999999999&signature=AAAA", "/files/../jobs" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(0, await house.StopAsync());
    }
}
