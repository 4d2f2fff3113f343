using System.Diagnostics;

namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>memory</c>, in megabytes; slopes in megabytes a hundred pages, over the second half.</summary>
internal sealed record MemoryFigures(double HostMost, double WorkerMost, double HostSlope, double WorkerSlope, int Pages);

/// <summary>Resident memory (VmRSS of /proc) of host and page-workers over a long run.</summary>
internal static class MemoryBenchmark
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static async Task<MemoryFigures> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var input = Directory.CreateDirectory(Path.Combine(folder.Path, "in")).FullName;
        for (var i = 0; i < options.Pages; i++)
        {
            var file = options.Files[i % options.Files.Count];
            File.CreateSymbolicLink(Path.Combine(input, $"{i:0000}{Path.GetExtension(file)}"), file);
        }

        var start = Programs.Digitizer(Directory.EnumerateFiles(input).Order(StringComparer.Ordinal), Path.Combine(folder.Path, "out"), Environment.ProcessorCount, options.Model);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var drained = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var samples = await SampleAsync(process, Path.Combine(folder.Path, "out"));
        await drained;

        var late = samples.Skip(samples.Count / 2).ToList();
        var figures = new MemoryFigures(
            samples.Max(s => s.Host), samples.Max(s => s.Worker),
            100 * Ratios.Slope([.. late.Select(s => (s.Pages, s.Host))]), 100 * Ratios.Slope([.. late.Select(s => (s.Pages, s.Worker))]), options.Pages);
        Console.WriteLine(FormattableString.Invariant($"{figures.Pages} pages: host at most {figures.HostMost:0} MB ({figures.HostSlope:+0.0;-0.0} MB a hundred pages), a worker at most {figures.WorkerMost:0} MB ({figures.WorkerSlope:+0.0;-0.0})"));
        return figures;
    }

    private static async Task<List<(double Pages, double Host, double Worker)>> SampleAsync(Process host, string output)
    {
        var samples = new List<(double, double, double)>();
        using var timer = new PeriodicTimer(Interval);
        while (!host.HasExited)
        {
            await timer.WaitForNextTickAsync();
            var workers = ProcFiles.PageWorkers(host.Id).Select(ProcFiles.ResidentMegabytes).DefaultIfEmpty(0).Max();
            var resident = ProcFiles.ResidentMegabytes(host.Id);
            if (resident > 0)
            {
                samples.Add((Directory.Exists(output) ? Directory.EnumerateFiles(output, "*.json").Count() : 0, resident, workers));
            }
        }

        return samples;
    }
}
