using Digitizer.Tests.Jobs;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Pages a second through PostgreSQL, with everything replaced but the journal, a local vault and the loop.</summary>
internal static class JournalScale
{
    public static async Task<IReadOnlyList<ScalePoint>> RunAsync(IReadOnlyList<int> workers, TimeSpan time)
    {
        using var server = new PostgresServer(isDurable: true);
        using var folder = new TempFolder();
        var points = new List<ScalePoint>();
        foreach (var count in workers)
        {
            await using var run = await ScaleRun.StartAsync(server, null, folder.Path, count, [PageBytes.Small]);
            points.Add(await run.FullAsync(time));
            Console.WriteLine(points[^1]);
            points.Add(await run.OfferAsync(points[^1].PagesPerSecond / 2, time));
            Console.WriteLine(points[^1]);
        }

        return points;
    }
}
