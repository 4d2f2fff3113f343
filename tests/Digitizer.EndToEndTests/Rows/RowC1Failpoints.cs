using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C1: the service fails at every failpoint, in every way; it is started again as a service manager would, and at the end
/// every document is in its dossier once.
/// </summary>
[Trait("Row", "C1")]
public sealed class RowC1Failpoints
{
    private static readonly Failpoint[] Points = Enum.GetValues<Failpoint>();

    // What lies behind these is passed once at the start of the service, and again for every file.
    private static readonly string[] Passings = ["", "@2", "@5"];

    [Fact]
    public async Task Whatever_fails_wherever_every_document_is_filed_once()
    {
        var row = new Row("C1", 1, 4, 12);
        var ways = new[] { "kill", "io", "fault", "hang:3" };
        var reasons = new List<string>();
        for (var round = 0; round < row.Count; round += 2)
        {
            var both = Enumerable.Range(round, Math.Min(2, row.Count - round)).Select(i => RunAsync(ways[i % ways.Length], Passings[i / ways.Length], row));
            reasons.AddRange((await Task.WhenAll(both)).SelectMany(r => r));
        }

        row.Report(reasons);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string way, string passing, Row row)
    {
        using var house = new TrialHouse(change: c => c["Service"]!["Results"] = "results");
        foreach (var point in Points)
        {
            await house.StartAsync($"{point}{passing}={way}");
            Feed(house, (uint)point + 1);
            if (await house.SettledAsync())
            {
                await house.StopAsync();
            }
        }

        await house.StartAsync();
        var isSettled = await house.SettledAsync();
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house, mayWait: way == "fault");
        await house.StopAsync();
        var acted = File.ReadAllLines(house.FailpointLog).ToHashSet();
        List<string> reasons = [.. faults, .. Points.Where(p => passing.Length == 0 && !acted.Contains(p.ToString())).Select(p => $"{p} was never passed")];
        foreach (var _ in Points)
        {
            row.Trial(isSettled && reasons.Count == 0);
        }

        return [.. reasons.Select(r => $"{way}{passing}: {r}"), .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()];
    }

    private static void Feed(TrialHouse house, uint dossier)
    {
        house.Scan(dossier, pages: 2);
        house.Damaged(dossier);
        house.Scan(dossier, folder: house.Other);
        house.Batch(dossier, documents: 2);
    }
}
