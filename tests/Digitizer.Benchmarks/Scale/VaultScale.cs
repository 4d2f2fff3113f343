using System.Globalization;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Pages a second through PostgreSQL and a container, everything else replaced, beside bare puts and gets of the same files to the same account.</summary>
internal static class VaultScale
{
    private const int Compared = 2;

    // One put of the original, one of its side-car, one reading back, by what takes in.
    private const double GetsOfIntake = 1;

    public static async Task<VaultFigures> RunAsync(IReadOnlyList<int> workers, IReadOnlyList<PageBytes> pages, int rounds, TimeSpan time)
    {
        using var server = new PostgresServer(isDurable: true);
        using var storage = new Azurite();
        using var folder = new TempFolder();
        var (points, bare, cpu, ratios) = (new List<ScalePoint>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var count in Enumerable.Range(0, rounds).SelectMany(_ => workers))
        {
            ScalePoint point;
            await using (var run = await ScaleRun.StartAsync(server, storage, folder.Path, count, pages))
            {
                point = await run.FullAsync(time);
            }

            points.Add(point);
            Console.WriteLine(point);
            if (count == Compared)
            {
                var (pagesPerSecond, milliseconds) = await BareAsync(storage, folder.Path, pages, point.Requests.GetValueOrDefault("GET") + GetsOfIntake, time);
                bare.Add(pagesPerSecond);
                cpu.Add(milliseconds);
                ratios.Add(point.PagesPerSecond / bare[^1]);
                Console.WriteLine(FormattableString.Invariant($"bare puts and gets: {bare[^1]:0.0} pages/s, CPU {cpu[^1]:0.0} ms a page; ratio {ratios[^1]:0.00}"));
            }
        }

        var figures = new VaultFigures(points, bare, cpu, Ratios.Of(ratios));
        Console.WriteLine($"vault by bare puts and gets: {figures.Ratio}");
        return figures;
    }

    /// <summary>As many processes, and in each as many pages at the same time, as the house has pieces of work.</summary>
    private static async Task<(double PagesPerSecond, double Cpu)> BareAsync(Azurite storage, string folder, IReadOnlyList<PageBytes> pages, double gets, TimeSpan time)
    {
        var setup = new ScaleSetup("", Path.Combine(folder, Guid.NewGuid().ToString("N")), null, storage.ConnectionString, Azurite.NewName("bare"), pages);
        using var processes = await WorkerProcesses.StartAsync(Compared, setup, file => ["bare", file, gets.ToString(CultureInfo.InvariantCulture), $"{ScaleWorker.Slots + (ScaleIntake.Width / Compared)}"]);
        using var timer = new PeriodicTimer(time / 2);
        await timer.WaitForNextTickAsync();
        await processes.TellAsync();
        var before = processes.CpuSeconds + ProcFiles.CpuSeconds(storage.ProcessId);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await timer.WaitForNextTickAsync();
        await timer.WaitForNextTickAsync();
        var done = (await processes.TellAsync()).Sum(text => double.Parse(text, CultureInfo.InvariantCulture));
        return (Math.Round(done / clock.Elapsed.TotalSeconds, 2), Math.Round(1000 * (processes.CpuSeconds + ProcFiles.CpuSeconds(storage.ProcessId) - before) / done, 2));
    }
}
