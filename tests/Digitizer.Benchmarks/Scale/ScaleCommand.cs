using System.Globalization;

namespace Digitizer.Benchmarks.Scale;

/// <summary>The sub-commands of <c>scale</c>.</summary>
internal static class ScaleCommand
{
    private const string Usage = """
        dotnet run -c Release --project tests/Digitizer.Benchmarks -- scale …

          sizes SAMPLES           bytes that a real run keeps of each document of one page
          journal [N …]           pages a second through PostgreSQL and a local vault with N worker processes, reading, assembly and proof replaced
          vault SAMPLES [N …]     the same with a container, and bare puts and gets of the same files beside it
          real SAMPLES            CPU a page with the real reader: two processes on PostgreSQL by one on SQLite
          simulate FIGURES        the simulator beside what was measured, and what it says of 1, 10 and 100 million pages a day
          all SAMPLES FIGURES     all of it, in fifteen minutes; the figures go to a file
        """;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);
    private static readonly int[] Workers = [1, 2, 4, 8];

    // Of what is compared or averaged.
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["worker", var setup]:
                return await ScaleWorker.RunAsync(setup);
            case ["bare", var setup, var gets, var width]:
                return await BareBlobs.RunAsync(setup, double.Parse(gets, CultureInfo.InvariantCulture), int.Parse(width, CultureInfo.InvariantCulture));
            case ["sizes", var samples]:
                Show(await SampleBytes.MeasureAsync(Files(samples)));
                return 0;
            case ["journal", .. var counts]:
                await JournalScale.RunAsync(Counts(counts), rounds: 1, Time);
                return 0;
            case ["vault", var samples, .. var counts]:
                await VaultScale.RunAsync(Counts(counts), await SampleBytes.MeasureAsync(Files(samples)), Rounds, Time);
                return 0;
            case ["real", var samples]:
                await RealScale.RunAsync(Files(samples), copies: 5, pairs: Rounds);
                return 0;
            case ["simulate", var file]:
                Sizing.Show(ScaleFigures.Load(file));
                return 0;
            case ["all", var samples, var file]:
                var pages = await SampleBytes.MeasureAsync(Files(samples));
                Show(pages);
                var figures = new ScaleFigures(
                    TimeProvider.System.GetUtcNow(), Environment.ProcessorCount, pages, await JournalScale.RunAsync(Workers, Rounds, Time), await VaultScale.RunAsync(Workers, pages, Rounds, Time), await RealScale.RunAsync(Files(samples), copies: 5, pairs: Rounds));
                figures.Save(file);
                Sizing.Show(figures);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int[] Counts(string[] counts) => counts.Length == 0 ? Workers : [.. counts.Select(c => int.Parse(c, CultureInfo.InvariantCulture))];

    // Of one page, so that a file is a page.
    private static List<string> Files(string samples) => [.. Directory.EnumerateFiles(Path.GetFullPath(samples)).Where(f => Path.GetExtension(f) is ".jpg" or ".tif" && !f.EndsWith("to-khai.tif", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static void Show(IReadOnlyList<PageBytes> pages)
    {
        foreach (var page in pages)
        {
            Console.WriteLine($"original {page.Original}, image {page.Image}, thumbnail {page.Thumbnail}, page {page.Page}, PDF {page.Pdf}, text {page.Text}, JSON {page.Json}: {page.Files.Sum()} bytes");
        }
    }
}
