namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>compare</c>: Digitizer by tesseract.</summary>
internal sealed record CompareFigures(Ratios Cpu, Ratios Wall, IReadOnlyList<Seconds> Digitizer, IReadOnlyList<Seconds> Tesseract);

/// <summary><c>process --jobs 1</c> against the tesseract command line, same pages, same model, alternating.</summary>
internal static class CompareBenchmark
{
    public static async Task<CompareFigures> RunAsync(BenchmarkOptions options)
    {
        var (ours, theirs) = (new List<Seconds>(), new List<Seconds>());
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            using var folder = new TempFolder();
            theirs.Add(await Measured.RunAsync(Programs.Tesseract(options.Files, folder.Path, options.Model)));
            ours.Add(await Measured.RunAsync(Programs.Digitizer(options.Files, folder.Path, 1, options.Model)));
            Console.WriteLine(FormattableString.Invariant($"pair {pair + 1}: digitizer {ours[^1].Cpu:0.0} s CPU, {ours[^1].Wall:0.0} s wall; tesseract {theirs[^1].Cpu:0.0} s CPU, {theirs[^1].Wall:0.0} s wall"));
        }

        var figures = new CompareFigures(
            Ratios.Of(ours.Zip(theirs, (a, b) => a.Cpu / b.Cpu)), Ratios.Of(ours.Zip(theirs, (a, b) => a.Wall / b.Wall)), ours, theirs);
        Console.WriteLine($"{options.Files.Count} files, digitizer by tesseract: CPU {figures.Cpu}, wall {figures.Wall}");
        return figures;
    }
}
