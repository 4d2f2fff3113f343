using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C1: the service fails at every failpoint, in every way; it is started again as a service manager would, and at the end
/// every document is in its dossier once.
/// </summary>
[Trait("Row", "C1")]
public sealed class RowC1Failpoints
{
    private static readonly Failpoint[] Points = [.. Enum.GetValues<Failpoint>().Where(point => !RowC1SharedFailpoints.IsOfSharing(point))];

    // What lies behind these is passed once at the start of the service, and again for every file.
    private static readonly string[] Passings = ["", "@2", "@5"];

    private static readonly string[] Ways = ["kill", "io", "fault", "hang:3"];

    [Fact]
    public async Task Whatever_fails_wherever_every_document_is_filed_once()
    {
        // A round is one way to fail, at every point, against both dossier stores; on ordinary days each point against one of them.
        var row = new Row("C1", 1, 4, 12);
        var reasons = new List<string>();
        for (var round = 0; round < row.Count; round++)
        {
            var (way, passing) = (Ways[round % Ways.Length], Passings[round / Ways.Length]);
            var both = await Task.WhenAll(RunAsync(way, passing, row, Half(0), null), AgainstSystemAsync(way, passing, row));
            reasons.AddRange(both.SelectMany(r => r));
        }

        row.Report(reasons);
    }

    private static async Task<IReadOnlyList<string>> AgainstSystemAsync(string way, string passing, Row row)
    {
        using var data = new TempFolder();
        await using var system = await DossierSystem.StartAsync(data["system"]);
        return await RunAsync(way, passing, row, Half(1), system);
    }

    private static Failpoint[] Half(int which) => [.. Points.Where((point, i) => !Row.IsReduced || (point == Failpoint.DocumentNamed ? 0 : i % 2) == which)];

    private static async Task<IReadOnlyList<string>> RunAsync(string way, string passing, Row row, Failpoint[] points, DossierSystem? system)
    {
        using var house = new TrialHouse(change: c => c["Service"]!["Results"] = "results", dossiers: system);
        foreach (var point in points)
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
        List<string> reasons = [.. faults, .. points.Where(p => passing.Length == 0 && (p != Failpoint.DocumentNamed || system is null) && !acted.Contains(p.ToString())).Select(p => $"{p} was never passed")];
        foreach (var _ in points)
        {
            row.Trial(isSettled && reasons.Count == 0);
        }

        return [.. reasons.Select(r => $"{way}{passing}: {r}"), .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()];
    }
}
