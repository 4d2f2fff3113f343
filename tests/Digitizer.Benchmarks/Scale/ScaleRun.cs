using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Benchmarks.Scale;

/// <summary>One number of workers on one new journal and vault, measured for a time at full load and at others.</summary>
internal sealed class ScaleRun : IAsyncDisposable
{
    // So many are under way that no lane of any worker waits for another, or for the intake: what a house does that has a backlog.
    private const int UnderWay = 200;

    // What came before at full load is done with.
    private const int FewUnderWay = 30;

    // By then all code has been compiled, and what is under way is spread over all steps.
    private const int WarmUnits = 480;
    private static readonly TimeSpan LeastWarm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostWarm = TimeSpan.FromSeconds(20);

    private readonly PostgresServer database;
    private readonly Azurite? storage;
    private readonly ScaleSetup setup;
    private readonly WorkerProcesses workers;
    private readonly DatabaseLook look;
    private readonly Digitizer.Jobs.JobStore jobs;
    private readonly ScaleIntake intake;
    private readonly int count;

    private ScaleRun(PostgresServer database, Azurite? storage, ScaleSetup setup, int count, WorkerProcesses workers, Digitizer.Jobs.JobStore jobs, ScaleIntake intake)
    {
        (this.database, this.storage, this.setup, this.count, this.workers, this.jobs, this.intake) = (database, storage, setup, count, workers, jobs, intake);
        look = new DatabaseLook(setup.Journal);
    }

    /// <summary>Starts workers on a new journal; with an account the vault is a container in it, else a folder that all share.</summary>
    public static async Task<ScaleRun> StartAsync(PostgresServer database, Azurite? storage, string folder, int workers, IReadOnlyList<PageBytes> pages)
    {
        var setup = new ScaleSetup(database.NewDatabase(), Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName, storage is null ? Path.Combine(folder, $"vault-{Guid.NewGuid():N}") : null, storage?.ConnectionString, storage is null ? null : Azurite.NewName("vault"), pages);
        var own = setup with { Folder = Path.Combine(setup.Folder, "intake") };
        var jobs = await own.OpenJournalAsync();
        var intake = new ScaleIntake(jobs, await own.OpenVaultsAsync(), pages);
        return new ScaleRun(database, storage, setup, workers, await WorkerProcesses.StartAsync(workers, setup), jobs, intake);
    }

    /// <summary>As much as the house can do.</summary>
    public Task<ScalePoint> FullAsync(TimeSpan time) => MeasureAsync(time, null, stop => intake.KeepFullAsync(UnderWay, look, stop));

    /// <summary>What comes in at this rate.</summary>
    public Task<ScalePoint> OfferAsync(double perSecond, TimeSpan time) => MeasureAsync(time, perSecond, stop => intake.OpenLoopAsync(perSecond, stop));

    public async ValueTask DisposeAsync()
    {
        workers.Dispose();
        await look.DisposeAsync();
        await jobs.DisposeAsync();
    }

    private async Task<ScalePoint> MeasureAsync(TimeSpan time, double? offered, Func<CancellationToken, Task> feed)
    {
        using var stop = new CancellationTokenSource();
        var feeding = feed(stop.Token);
        await WarmAsync(offered is null ? UnderWay : FewUnderWay);
        await workers.CountsAsync();
        var (began, counts, before) = (System.Diagnostics.Stopwatch.StartNew(), await look.CountsAsync(), Cpu());
        using var watched = new CancellationTokenSource(time);
        var waits = await look.WatchAsync(watched.Token);
        var (seconds, after, counted) = (began.Elapsed.TotalSeconds, Cpu(), await look.CountsAsync());
        var told = await workers.CountsAsync();
        await stop.CancelAsync();
        await feeding;
        return Point(seconds, offered, (counts, counted), (before, after), told, waits);
    }

    private async Task WarmAsync(int most)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            await timer.WaitForNextTickAsync();
        }
        while (clock.Elapsed < LeastWarm || (clock.Elapsed < MostWarm && ((await look.CountsAsync()).Closed < WarmUnits || await look.UnderWayAsync() > most)));
    }

    private ScalePoint Point(double seconds, double? offered, (DatabaseCounts Before, DatabaseCounts After) counts, (Used Before, Used After) cpu, IReadOnlyList<WorkerCounts> told, DatabaseWaits waits)
    {
        double pages = counts.After.Closed - counts.Before.Closed;
        var claims = told.SelectMany(t => t.Claims).Order().ToArray();
        var own = cpu.After.Own - cpu.Before.Own;
        double Milliseconds(Func<Used, double> of) => Math.Round(1000 * (of(cpu.After) - of(cpu.Before)) / pages, 3);
        double Percentile(double share) => claims.Length == 0 ? 0 : claims[(int)(share * (claims.Length - 1))];
        return new ScalePoint
        {
            Workers = count, Kind = storage is null ? "journal" : "vault", Offered = offered, Seconds = Math.Round(seconds, 2), PagesPerSecond = Math.Round(pages / seconds, 2),
            ClaimP50 = Percentile(0.5), ClaimP99 = Percentile(0.99), Claims = Math.Round(claims.Length / pages, 3), ClaimsFound = Math.Round(told.Sum(t => t.Found) / pages, 3),
            WorkerCpu = Milliseconds(u => u.Workers), IntakeCpu = Milliseconds(u => u.Intake), DatabaseCpu = Milliseconds(u => u.Database), StorageCpu = Milliseconds(u => u.Storage),
            Commits = Math.Round((counts.After.Commits - counts.Before.Commits) / pages, 3), LogBytes = Math.Round((counts.After.LogBytes - counts.Before.LogBytes) / pages), Growth = Math.Round((counts.After.Bytes - counts.Before.Bytes) / pages),
            Syncs = Math.Round((counts.After.Syncs - counts.Before.Syncs) / pages, 3),
            SyncMilliseconds = Math.Round(1000 * (counts.After.SyncSeconds - counts.Before.SyncSeconds) / Math.Max(1, counts.After.Syncs - counts.Before.Syncs), 3),
            Requests = told.SelectMany(t => t.Requests).GroupBy(r => r.Key).ToDictionary(g => g.Key, g => Math.Round(g.Sum(r => r.Value) / pages, 2)),
            Waits = waits.Waiting, OwnCores = Math.Round(own / seconds, 3), OthersCores = Math.Round((cpu.After.Machine - cpu.Before.Machine - own) / seconds, 3),
        };
    }

    private Used Cpu() => new(
        workers.CpuSeconds, ProcFiles.CpuSeconds(Environment.ProcessId), ProcFiles.TreeCpuSeconds(database.ProcessId), storage is null ? 0 : ProcFiles.CpuSeconds(storage.ProcessId), ProcFiles.MachineBusySeconds());

    private readonly record struct Used(double Workers, double Intake, double Database, double Storage, double Machine)
    {
        public double Own => Workers + Intake + Database + Storage;
    }
}
