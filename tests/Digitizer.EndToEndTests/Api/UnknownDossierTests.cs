using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Dossiers that the dossier system does not know are refused while the caller is there.</summary>
public sealed class UnknownDossierTests
{
    private const string Nobodys = "000.00.01.H29-260310-9999";

    [Fact]
    public async Task It_is_refused_at_the_door_and_nothing_is_kept()
    {
        using var folder = new TempFolder();
        await using var system = await DossierSystem.StartAsync(folder["system"], o => o.Dossiers = Code);
        using var api = new ApiUnderTest(new()
        {
            ["Dossiers"] = null,
            ["DossierSystem"] = new { system.Address, Dossier = new { Path = "dossiers/{dossier}" } },
        });
        using var caller = await api.CallerAsync("--right", "submit,read,act", "--source", ApiUnderTest.Source);
        using var service = await api.StartAsync();

        var manifest = $$"""{"manifestVersion":1,"batchId":"lo","documents":[{"seq":1,"maHoSo":"{{Nobodys}}","files":[{"path":"a.png","sha256":"{{Convert.ToHexStringLower(SHA256.HashData(WhitePages.Png(1)))}}"}]}]}""";
        foreach (var fields in new (string, string)[][] { [("dossier", Nobodys)], [("dossier", Code), ("manifest", manifest)] })
        {
            var refused = await caller.SubmitAsync($"{fields.Length}", fields, ("a.png", WhitePages.Png(1)));
            Assert.True(refused.Problem == "DossierUnknown", $"{refused} after {string.Join(", ", system.Faults.Calls)}");
        }

        Assert.Empty(await api.Bench.UnitsAsync());
        Assert.Empty(Directory.EnumerateFiles(api.Program["state/vault"], "*.png", SearchOption.AllDirectories));

        var waiting = await caller.SubmitAsync("waits", [], ("a.png", WhitePages.Png(1)));
        var document = (await caller.SettledAsync(waiting.Id)).GetProperty("units")[0].GetProperty("documents")[0].GetProperty("id").GetString();
        Assert.Equal("DossierUnknown", (await AssignAsync(caller, document!, Nobodys)).Problem);
        Assert.Equal(HttpStatusCode.OK, (await AssignAsync(caller, document!, Code)).Status);
        Assert.Equal("done", (await caller.SettledAsync(waiting.Id)).GetProperty("state").GetString());
        Assert.Single(system.Archive.Applied);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    private static async Task<Answer> AssignAsync(ApiCaller caller, string document, string dossier)
    {
        using var order = new StringContent($$"""{"dossier":"{{dossier}}"}""", new MediaTypeHeaderValue("application/json"));
        return await caller.SendAsync(HttpMethod.Post, $"/v1/documents/{document}/assign", order);
    }
}
