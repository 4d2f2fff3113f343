using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C2: kill -9 at random moments while scans come in; every document is in its dossier once, in a folder and in a dossier system.</summary>
[Trait("Row", "C2")]
public sealed class RowC2KilledUnderLoad
{
    private const int LatestKill = 2000;
    private const int RoundsBetweenChecks = 25;

    [Fact]
    public async Task Whenever_the_service_is_killed_every_document_is_filed_once()
    {
        var row = new Row("C2", 8, 150, 3000);
        using var data = new TempFolder();
        await using var system = await DossierSystem.StartAsync(data["system"]);
        using var first = new TrialHouse();
        using var second = new TrialHouse(dossiers: system);
        var reasons = await Task.WhenAll(RunAsync(first, row, row.Count - (row.Count / 2), new Random(1)), RunAsync(second, row, row.Count / 2, new Random(2)));
        row.Report(reasons.SelectMany(r => r));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(TrialHouse house, Row row, int kills, Random random)
    {
        var reasons = new List<string>();
        for (var killed = 0; killed < kills && reasons.Count == 0; killed++)
        {
            await house.StartAsync();
            await FeedAsync(house, random, TimeSpan.FromMilliseconds(random.Next(LatestKill)));
            await house.KillAsync();
            var isSound = true;
            if (killed % RoundsBetweenChecks == RoundsBetweenChecks - 1 || killed == kills - 1)
            {
                await house.StartAsync();
                isSound = await house.SettledAsync();
                reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
                isSound &= await house.StopAsync() == 0 && reasons.Count == 0;
            }

            row.Trial(isSound);
        }

        return [.. reasons, .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()];
    }

    // Two documents a second, of all kinds, until the moment has come.
    private static async Task FeedAsync(TrialHouse house, Random random, TimeSpan until)
    {
        var kill = Task.Delay(until, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
        {
            var dossier = (uint)random.Next(1, 20);
            switch (random.Next(4))
            {
                case 0: house.Batch(dossier, random.Next(2) == 0 ? house.Drop : house.Other, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 4))]); break;
                case 1: house.Scan(dossier, folder: house.Other); break;
                default: house.Scan(dossier, random.Next(1, 4)); break;
            }
        }
        while (await Task.WhenAny(kill, timer.WaitForNextTickAsync().AsTask()) != kill);
    }
}
