using Digitizer.Tests.Jobs;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Pages a second through PostgreSQL, with everything replaced but the journal, a local vault and the loop.</summary>
internal static class JournalScale
{
    /// <param name="workers">How many, one number after another.</param>
    /// <param name="rounds">Each of them so often, as a machine's speed changes from one minute to the next; at half of its rate in the first round only.</param>
    /// <param name="time">Of one point.</param>
    public static async Task<IReadOnlyList<ScalePoint>> RunAsync(IReadOnlyList<int> workers, int rounds, TimeSpan time)
    {
        using var server = new PostgresServer(isDurable: true);
        using var folder = new TempFolder();
        var points = new List<ScalePoint>();
        foreach (var (round, count) in Enumerable.Range(0, rounds).SelectMany(round => workers.Select(count => (round, count))))
        {
            await using var run = await ScaleRun.StartAsync(server, null, folder.Path, count, [PageBytes.Small]);
            points.Add(await run.FullAsync(time));
            Console.WriteLine(points[^1]);
            if (round == 0)
            {
                points.Add(await run.OfferAsync(points[^1].PagesPerSecond / 2, time));
                Console.WriteLine(points[^1]);
            }
        }

        return points;
    }
}
