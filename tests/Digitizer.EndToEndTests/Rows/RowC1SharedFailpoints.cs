using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C1, blob queues and a vault that machines share: the service fails at every failpoint of theirs, is started again, and every document is in its dossier once.</summary>
[Trait("Row", "C1")]
[Collection(PostgresTests.Name)]
public sealed class RowC1SharedFailpoints(PostgresServer server)
{
    private static readonly Failpoint[] SharingPoints = [.. Row.Some(Enum.GetValues<Failpoint>().Where(IsOfSharing), oneIn: 2)];

    private static readonly string[] Passings = ["", "@2", "@5"];

    private static readonly string[] Ways = ["kill", "io", "fault", "hang:3"];

    /// <summary>Of blob queues and of a vault that machines share.</summary>
    internal static bool IsOfSharing(Failpoint point) => point is Failpoint.OriginalShared or Failpoint.ResultShared || point.ToString().StartsWith("Blob", StringComparison.Ordinal);

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
}
