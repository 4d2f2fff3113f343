using System.Diagnostics;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>claims</c>: median milliseconds of a claim, commit included.</summary>
internal sealed record ClaimFigures(string Engine, int FewWaiting, double FewMedian, int ManyWaiting, double ManyMedian)
{
    public double Ratio => ManyMedian / FewMedian;
}

/// <summary>What a claim costs with few and with many pages waiting, on each engine.</summary>
internal static class ClaimsBenchmark
{
    private const int Few = 1000;
    private const int PagesOfUnit = 1000;
    private const int Claims = 300;

    /// <summary>SQLite in the folder, and PostgreSQL in the empty database that the connection string names, if one is given.</summary>
    public static async Task<IReadOnlyList<ClaimFigures>> RunAsync(string folder, string? connection, int many)
    {
        var figures = new List<ClaimFigures>();
        foreach (var engine in connection is null ? [JournalEngine.Sqlite] : new[] { JournalEngine.Sqlite, JournalEngine.PostgreSql })
        {
            var run = Guid.NewGuid().ToString("N");
            await using var store = await JobStore.OpenAsync(
                new JobOptions { Engine = engine, File = Path.Combine(folder, $"{run}.db"), Connection = connection, AuditFile = Path.Combine(folder, $"{run}.jsonl") }, TimeProvider.System, default);
            await FillAsync(store, 0, (2 * Few) / PagesOfUnit);
            var few = await MedianAsync(store);
            await FillAsync(store, (2 * Few) / PagesOfUnit, many / PagesOfUnit);
            var lots = await MedianAsync(store);
            figures.Add(new ClaimFigures(store.Engine, (2 * Few) - Claims, few, (int)(await store.BacklogAsync(default)).Waiting[WorkKind.Page], lots));
            Console.WriteLine(FormattableString.Invariant($"{figures[^1].Engine}: {few:0.00} ms with {figures[^1].FewWaiting} pages waiting, {lots:0.00} ms with {figures[^1].ManyWaiting}: {figures[^1].Ratio:0.00} times"));
        }

        return figures;
    }

    private static async Task FillAsync(JobStore store, int from, int to)
    {
        for (var n = from; n < to; n++)
        {
            var unit = new NewUnit
            {
                Id = UnitId.New(TimeProvider.System), Source = "benchmark", ArrivalKey = $"{n}", Name = [], ShownName = $"{n}", Bytes = 1, Sha256 = $"{n}", ReceivedAt = TimeProvider.System.GetUtcNow(),
            };
            await store.AcceptAsync(unit, default);
            var item = (await store.ClaimAsync([WorkKind.Split], "benchmark", TimeSpan.FromHours(1), 1, default)).Single();
            await store.SplitDoneAsync(item, "tiff", PagesOfUnit, default);
        }
    }

    private static async Task<double> MedianAsync(JobStore store)
    {
        var times = new List<double>();
        for (var i = 0; i < Claims; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var items = await store.ClaimAsync([WorkKind.Page], "benchmark", TimeSpan.FromHours(1), 1, default);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (items.Count != 1)
            {
                throw new InvalidOperationException("Nothing was claimed.");
            }
        }

        return Ratios.Of(times).Median;
    }
}
