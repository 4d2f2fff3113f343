using Digitizer.Benchmarks.Scale.Simulation;

namespace Digitizer.Benchmarks.Scale;

/// <summary>What the simulator says: of the points that were measured, and of what nobody has measured.</summary>
internal static class Sizing
{
    private const double SecondsOfDay = 86_400;

    // Of the workers' cores, so that a busy hour has room.
    private const double Aim = 0.7;

    private const int CoresOfWorker = 8;

    // A write to a managed disk that is kept three times; a disk in the machine is quicker.
    private const double Sync = 0.002;

    private static readonly double[] Millions = [1, 10, 100];

    public static void Show(ScaleFigures figures)
    {
        foreach (var line in ScaleTables.Of(figures))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("Simulated beside measured, pages a second at full load:");
        foreach (var (measured, simulated) in Comparison.Of(figures))
        {
            Console.WriteLine(FormattableString.Invariant($"{measured.Kind,-7} {measured.Workers} workers: measured {measured.PagesPerSecond:0.0}, simulated {simulated.PagesPerSecond:0.0} ({100 * ((simulated.PagesPerSecond / measured.PagesPerSecond) - 1):+0;-0} %); claims p50 {measured.ClaimP50:0.0} / {1000 * simulated.ClaimP50:0.0} ms, a page {measured.Claims:0.0} / {simulated.Claims:0.0}"));
        }

        foreach (var millions in Millions)
        {
            Show(figures, millions);
        }
    }

    private static void Show(ScaleFigures figures, double millions)
    {
        var perSecond = millions * 1e6 / SecondsOfDay;
        var costs = ScalePoint.Means(figures.Journal).First(p => p.Workers == 2);
        var reading = Ratios.Of(figures.Real.Shared).Median;
        var cores = perSecond * reading / Aim;
        var model = Calibration.Of(costs, costs, figures.Cores) with
        {
            Workers = Math.Max(2, (int)Math.Ceiling(cores / CoresOfWorker)), Cores = CoresOfWorker, OneMachine = false, ReadingCpu = reading, Sync = Sync,
            DatabaseCores = Math.Max(2, Math.Ceiling(perSecond * costs.DatabaseCpu / 1000 / 0.5)), Widths = [CoresOfWorker + 1, 2, 4],
        };
        var point = HouseSimulation.Offered(model, perSecond, warm: 20, seconds: 20);
        var bytes = figures.Pages.Average(p => p.Files.Sum());
        Console.WriteLine(FormattableString.Invariant($"""
            {millions} million pages a day ({perSecond:0.0} a second): {model.Workers} workers of {CoresOfWorker} cores, {model.DatabaseCores} cores of database
              simulated: {point.PagesPerSecond:0.0} pages/s, workers {100 * point.WorkerUse:0} %, database {100 * point.DatabaseUse:0} %, log {100 * point.LogUse:0} %; claims p50 {1000 * point.ClaimP50:0.0} ms, p99 {1000 * point.ClaimP99:0.0} ms, {point.Claims:0.0} a page; a page takes {point.PageP50:0.0} s
              calculated: {perSecond * costs.Commits:0} commits/s, log {perSecond * costs.LogBytes / 1e6:0.0} MB/s, rows {millions * 1e6 * costs.Growth / 1e9:0} GB a day, files {millions * 1e6 * bytes / 1e12:0.00} TB a day, {millions * 1e6 * bytes * 365 / 1e12:0} TB a year, {perSecond * (figures.Pages.Average(p => p.Files.Count()) + 1):0} puts and {perSecond * (1 + figures.Vault.Points.Average(p => p.Requests.GetValueOrDefault("GET"))):0} gets a second; messages {perSecond / 2000:0.00} queues; {perSecond * reading * 24:0} CPU hours a day
            """));
    }
}
