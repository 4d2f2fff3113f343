using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C1: the service fails at every failpoint, in every way; it is started again as a service manager would, and at the end
/// every document is in its dossier once.
/// </summary>
[Trait("Row", "C1")]
[Collection(PostgresTests.Name)]
public sealed class RowC1Failpoints(PostgresServer server)
{
    private static readonly Failpoint[] Points = [.. Enum.GetValues<Failpoint>().Where(point => !IsOfSharing(point))];

    // Of blob queues and of a vault that machines share.
    private static readonly Failpoint[] SharingPoints = [.. Enum.GetValues<Failpoint>().Where(IsOfSharing)];

    // What lies behind these is passed once at the start of the service, and again for every file.
    private static readonly string[] Passings = ["", "@2", "@5"];

    private static readonly string[] Ways = ["kill", "io", "fault", "hang:3"];

    [Fact]
    public async Task Whatever_fails_wherever_every_document_is_filed_once()
    {
        // A round is one way to fail, at every point, against both dossier stores.
        var row = new Row("C1", 1, 4, 12);
        var reasons = new List<string>();
        for (var round = 0; round < row.Count; round++)
        {
            var (way, passing) = (Ways[round % Ways.Length], Passings[round / Ways.Length]);
            var both = await Task.WhenAll(RunAsync(way, passing, row, null), AgainstSystemAsync(way, passing, row));
            reasons.AddRange(both.SelectMany(r => r));
        }

        row.Report(reasons);
    }

    [Fact]
    public async Task Whatever_fails_wherever_in_queues_and_a_shared_vault_every_document_is_filed_once()
    {
        var row = new Row("C1-blobs", 1, 4, 12);
        using var azurite = new Azurite();
        var reasons = new List<string>();
        for (var round = 0; round < row.Count; round++)
        {
            var (way, passing) = (Ways[round % Ways.Length], Passings[round / Ways.Length]);
            reasons.AddRange(await SharingAsync(way, passing, new FleetPlaces(server.NewDatabase(), azurite.ConnectionString), row));
        }

        row.Report(reasons);
    }

    private static async Task<IReadOnlyList<string>> SharingAsync(string way, string passing, FleetPlaces places, Row row)
    {
        using var fleet = new TrialFleet(1, places);
        foreach (var point in SharingPoints)
        {
            await fleet.First.StartAsync($"{point}{passing}={way}");
            for (var i = 0; i < 3; i++)
            {
                await fleet.UploadAsync((uint)point + 1);
            }

            fleet.First.Scan((uint)point + 1);
            await fleet.AnnounceAsync("no message of ours");
            if (await fleet.First.SettledAsync())
            {
                await fleet.First.StopAsync();
            }
        }

        var faults = await fleet.FaultsAsync();
        await fleet.StopAsync();
        var acted = File.ReadAllLines(fleet.First.FailpointLog).ToHashSet();
        List<string> reasons = [.. faults, .. SharingPoints.Where(p => passing.Length == 0 && !acted.Contains(p.ToString())).Select(p => $"{p} was never passed")];
        foreach (var _ in SharingPoints)
        {
            row.Trial(reasons.Count == 0);
        }

        return [.. reasons.Select(r => $"{way}{passing}: {r}"), .. reasons.Count > 0 ? [fleet.Log] : Array.Empty<string>()];
    }

    private static bool IsOfSharing(Failpoint point) => point is Failpoint.OriginalShared or Failpoint.ResultShared || point.ToString().StartsWith("Blob", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> AgainstSystemAsync(string way, string passing, Row row)
    {
        using var data = new TempFolder();
        await using var system = await DossierSystem.StartAsync(data["system"]);
        return await RunAsync(way, passing, row, system);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string way, string passing, Row row, DossierSystem? system)
    {
        using var house = new TrialHouse(change: c => c["Service"]!["Results"] = "results", dossiers: system);
        foreach (var point in Points)
        {
            await house.StartAsync($"{point}{passing}={way}");
            house.Feed((uint)point + 1);
            if (await house.SettledAsync())
            {
                await house.StopAsync();
            }
        }

        await house.StartAsync();
        var isSettled = await house.SettledAsync();
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house);
        await house.StopAsync();
        var acted = File.ReadAllLines(house.FailpointLog).ToHashSet();
        List<string> reasons = [.. faults, .. Points.Where(p => passing.Length == 0 && (p != Failpoint.DocumentNamed || system is null) && !acted.Contains(p.ToString())).Select(p => $"{p} was never passed")];
        foreach (var _ in Points)
        {
            row.Trial(isSettled && reasons.Count == 0);
        }

        return [.. reasons.Select(r => $"{way}{passing}: {r}"), .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()];
    }
}
