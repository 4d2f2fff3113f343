using System.Diagnostics;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Jbig2;

namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>bitonal</c> for one page.</summary>
/// <param name="Name">File and page.</param>
/// <param name="Pixels">Of the page.</param>
/// <param name="G4">Bytes.</param>
/// <param name="Jbig2">Bytes.</param>
/// <param name="G4Milliseconds">Wall, least of several.</param>
/// <param name="Jbig2Milliseconds">Wall, least of several.</param>
internal sealed record BitonalFigures(string Name, long Pixels, int G4, int Jbig2, double G4Milliseconds, double Jbig2Milliseconds);

/// <summary>Bitonal pages as G4 and as JBIG2: bytes and time. Grey and coloured pages are made bitonal first.</summary>
internal static class BitonalBenchmark
{
    private const int Levels = 256;

    public static IReadOnlyList<BitonalFigures> Run(BenchmarkOptions options)
    {
        var pages = options.Files.SelectMany(file => Pages(file, options.Pairs)).ToList();
        foreach (var page in pages)
        {
            Console.WriteLine(FormattableString.Invariant($"{page.Name,-24} {page.Pixels / 1e6,5:0.0} Mpx  G4 {page.G4,8} bytes {page.G4Milliseconds,4:0} ms  JBIG2 {page.Jbig2,8} bytes {page.Jbig2Milliseconds,4:0} ms  {(double)page.Jbig2 / page.G4:0.000}"));
        }

        Console.WriteLine(FormattableString.Invariant($"{pages.Count} pages: G4 {pages.Sum(p => p.G4)} bytes, JBIG2 {pages.Sum(p => p.Jbig2)} bytes, {(double)pages.Sum(p => p.Jbig2) / pages.Sum(p => p.G4):0.000}; a page: {Ratios.Of(pages.Select(p => (double)p.Jbig2 / p.G4))}; {pages.Average(p => p.G4Milliseconds):0} and {pages.Average(p => p.Jbig2Milliseconds):0} ms"));
        return pages;
    }

    private static IEnumerable<BitonalFigures> Pages(string file, int times)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        var bytes = File.ReadAllBytes(file);
        foreach (var frame in splitter.Inspect(bytes).Frames)
        {
            using var page = splitter.Decode(bytes, frame.Index);
            using var bitonal = Bitonal(page.Pixels);
            var (g4, g4Time) = Least(times, () => ImageCodes.G4(bitonal).Strip);
            var (jbig2, jbig2Time) = Least(times, () => Jbig2Stream.Encode(bitonal));
            yield return new BitonalFigures(
                FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(file)}-{frame.Index}"), (long)bitonal.Width * bitonal.Height, g4.Length, jbig2.Length, g4Time, jbig2Time);
        }
    }

    private static (byte[] Bytes, double Milliseconds) Least(int times, Func<byte[]> code)
    {
        var (bytes, least) = (code(), double.MaxValue);
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            bytes = code();
            least = Math.Min(least, clock.Elapsed.TotalMilliseconds);
        }

        return (bytes, least);
    }

    private static Pix Bitonal(Pix page)
    {
        if (page.Depth == 1)
        {
            return page.Clone();
        }

        using var gray = page.ToGray();
        return gray.Threshold(Otsu(gray.ToBytes()));
    }

    /// <summary>The level that parts dark from light pixels best (Otsu 1979).</summary>
    private static int Otsu(byte[] levels)
    {
        var counts = new long[Levels];
        foreach (var level in levels)
        {
            counts[level]++;
        }

        var (all, sum) = ((double)levels.Length, counts.Select((count, level) => (double)count * level).Sum());
        var (best, threshold, below, sumBelow) = (-1.0, Levels / 2, 0.0, 0.0);
        for (var level = 0; level < Levels; level++)
        {
            below += counts[level];
            sumBelow += (double)counts[level] * level;
            var difference = (sumBelow / below) - ((sum - sumBelow) / (all - below));
            var between = below * (all - below) * difference * difference;
            (best, threshold) = between > best ? (between, level + 1) : (best, threshold);
        }

        return threshold;
    }
}
