namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>jobs</c>: wall of one job by two, CPU of two jobs by one.</summary>
internal sealed record JobsFigures(Ratios Speed, Ratios Cpu, IReadOnlyList<Seconds> One, IReadOnlyList<Seconds> Two);

/// <summary><c>--jobs 2</c> against <c>--jobs 1</c>, alternating.</summary>
internal static class JobsBenchmark
{
    public static async Task<JobsFigures> RunAsync(BenchmarkOptions options)
    {
        var (one, two) = (new List<Seconds>(), new List<Seconds>());
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            using var folder = new TempFolder();
            one.Add(await Measured.RunAsync(Programs.Digitizer(options.Files, Path.Combine(folder.Path, "1"), 1, options.Model)));
            two.Add(await Measured.RunAsync(Programs.Digitizer(options.Files, Path.Combine(folder.Path, "2"), 2, options.Model)));
            Console.WriteLine(FormattableString.Invariant($"pair {pair + 1}: 1 job {one[^1].Wall:0.0} s wall, {one[^1].Cpu:0.0} s CPU; 2 jobs {two[^1].Wall:0.0} s wall, {two[^1].Cpu:0.0} s CPU"));
        }

        var figures = new JobsFigures(
            Ratios.Of(one.Zip(two, (a, b) => a.Wall / b.Wall)), Ratios.Of(two.Zip(one, (a, b) => a.Cpu / b.Cpu)), one, two);
        Console.WriteLine($"{options.Files.Count} files, two jobs by one: speed {figures.Speed}, CPU a page {figures.Cpu}");
        return figures;
    }
}
