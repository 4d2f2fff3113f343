using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Takes units of one page in, as the HTTP interface does: staged, sealed with its side-car, shared, one commit.</summary>
internal sealed class ScaleIntake(JobStore jobs, Vaults vaults, IReadOnlyList<PageBytes> pages)
{
    /// <summary>Units on their way in at the same time.</summary>
    public const int Width = 4;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private int accepted;

    /// <summary>Keeps so many units under way until told to stop.</summary>
    /// <param name="most">Accepted and not closed.</param>
    /// <param name="look">Knows how many are.</param>
    /// <param name="stop">Ends it.</param>
    public async Task KeepFullAsync(int most, DatabaseLook look, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick * 5);
        while (!stop.IsCancellationRequested)
        {
            var room = most - await look.UnderWayAsync();
            await Parallel.ForEachAsync(Enumerable.Range(0, (int)Math.Max(0, room)), new ParallelOptions { MaxDegreeOfParallelism = Width }, async (_, _) => await (stop.IsCancellationRequested ? Task.CompletedTask : AcceptAsync()));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Takes so many in each second, at times that chance decides, however the service keeps up.</summary>
    public async Task OpenLoopAsync(double perSecond, CancellationToken stop)
    {
        var (random, clock, next) = (new Random(1), System.Diagnostics.Stopwatch.StartNew(), 0.0);
        using var timer = new PeriodicTimer(Tick);
        var underWay = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            for (; next < clock.Elapsed.TotalSeconds; next += -Math.Log(1 - random.NextDouble()) / perSecond)
            {
                underWay.Add(AcceptAsync());
            }

            underWay.RemoveAll(task => task.IsCompletedSuccessfully);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(underWay);
    }

    private async Task AcceptAsync()
    {
        var number = Interlocked.Increment(ref accepted);
        using var content = ScaleBytes.New(pages[number % pages.Count].Original);
        var staged = await vaults.Spool.StageAsync(content, default);
        var unit = new NewUnit
        {
            Id = UnitId.New(TimeProvider.System), Source = "scale", ArrivalKey = $"scale/{Environment.ProcessId}/{number}", Name = "scan.jpg"u8.ToArray(), ShownName = $"{number}", Bytes = staged.Bytes,
            Sha256 = staged.Sha256, ReceivedAt = TimeProvider.System.GetUtcNow(), Dossier = new DossierClaim("000.00.01.H29-260310-0420", "argument", true), ResultBase = $"{number}",
        };
        var original = OriginalName.Create(unit.Id.ToString(), unit.Sha256);
        vaults.Spool.Adopt(staged, original);
        vaults.Spool.WriteSideCar(original, SideCar.Of(unit).ToBytes());
        await vaults.ShareAsync([original], default);
        await jobs.AcceptAsync(unit, default);
        vaults.Release([original]);
    }
}
