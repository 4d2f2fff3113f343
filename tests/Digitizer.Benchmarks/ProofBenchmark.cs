using System.Diagnostics;
using Digitizer.Assembly;
using Digitizer.Confinement;
using Digitizer.PageWorkers;
using Digitizer.Pages;
using Digitizer.Programs;
using Digitizer.Proof;
using Digitizer.Recognition;

namespace Digitizer.Benchmarks;

/// <summary>How far apart good and bad pages lie in the proof's measure. Pages without ink are left out of the bad ones.</summary>
internal static class ProofBenchmark
{
    private const byte White = 255;

    // Grey levels: a page whose rendering varies less has nothing on it that could be missed.
    private const double LeastContrast = 4;

    // Pages that are shown in a page's stead.
    private const int Others = 10;

    public static async Task<object> RunAsync(BenchmarkOptions options)
    {
        var pages = await ReadAsync(options);
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        var good = pages.Select(page => (page.Name, Difference: PictureDifference.Worst(page.Expected, page.Rendered))).OrderByDescending(p => p.Difference).ToList();
        var cost = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalMilliseconds / pages.Count;
        foreach (var (name, difference) in good)
        {
            Console.WriteLine(FormattableString.Invariant($"{difference:0.000} {name}"));
        }

        var bad = new SortedDictionary<string, (double Difference, string Name)>(StringComparer.Ordinal);
        var trials = 0;
        foreach (var page in pages.Where(p => Contrast(p.Rendered) >= LeastContrast))
        {
            foreach (var (kind, picture) in Wrong(page, pages))
            {
                trials++;
                var difference = PictureDifference.Worst(page.Expected, picture);
                if (!bad.TryGetValue(kind, out var least) || difference < least.Difference)
                {
                    bad[kind] = (difference, page.Name);
                }
            }
        }

        foreach (var (kind, least) in bad)
        {
            Console.WriteLine(FormattableString.Invariant($"least of {kind,-18} {least.Difference:0.000} {least.Name}"));
        }

        Console.WriteLine(FormattableString.Invariant($"worst good {good[0].Difference:0.000} of {pages.Count}, best bad {bad.Values.Min(b => b.Difference):0.000} of {trials}, limit {PictureProof.Limit:0.00}; comparing costs {cost:0} ms CPU a page"));
        return new { pages.Count, Good = good[0].Difference, Bad = bad.ToDictionary(b => b.Key, b => b.Value.Difference), Trials = trials };
    }

    private static async Task<List<Compared>> ReadAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        using var reader = new PageReader(new TesseractRecognizer(options.Model, OcrModel.FindFolder(options.Model, null)));
        using var programs = new PdfPrograms(new Sandbox(allowUnconfined: false), new ProofOptions().Limits);
        var pages = new List<Compared>();
        foreach (var file in options.Files)
        {
            foreach (var frame in reader.Inspect(await File.ReadAllBytesAsync(file)).Frames)
            {
                pages.Add(await ReadAsync(reader, programs, folder, file, frame.Index));
            }
        }

        return pages;
    }

    private static async Task<Compared> ReadAsync(PageReader reader, PdfPrograms programs, TempFolder folder, string file, int index)
    {
        var (result, image, pgm) = reader.Read(await File.ReadAllBytesAsync(file), index);
        var (imageFile, pdf) = (image is null ? file : Path.Combine(folder.Path, "image"), Path.Combine(folder.Path, "page.pdf"));
        if (image is not null)
        {
            await File.WriteAllBytesAsync(imageFile, image);
        }

        var shown = new ShownPage(result.Image, imageFile, result.Geometry, result.Text.Lines);
        await using (var output = File.Create(pdf))
        {
            PdfAssembler.Write([shown], new PdfMetadata { Title = "proof", CreatorTool = "proof" }, output, CancellationToken.None);
        }

        var scale = PictureProof.ScaleOf(shown);
        await using var run = await programs.StartAsync(PdfPrograms.Renderer, pdf, 1, "-gray", "-r", FormattableString.Invariant($"{scale}"), pdf);
        var rendered = await PictureAsync(run.Output);
        var expected = ExpectedPicture.Of(await PictureAsync(new MemoryStream(pgm)), shown, rendered, scale);
        return new Compared(FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(file)}-{index}"), expected, rendered, scale);
    }

    private static async Task<GrayPicture> PictureAsync(Stream source)
        => (await new PgmReader(source).ReadAsync(int.MaxValue, int.MaxValue, CancellationToken.None))!;

    private static IEnumerable<(string Kind, GrayPicture Picture)> Wrong(Compared page, List<Compared> all)
    {
        var picture = page.Rendered;
        var (width, height) = (picture.Width, picture.Height);
        yield return ("white", Draw(picture, (_, _) => White));
        yield return ("grey", Draw(picture, (_, _) => (byte)picture.Pixels.Average(p => p)));
        yield return ("upside down", Draw(picture, (x, y) => At(picture, width - 1 - x, height - 1 - y)));
        yield return ("mirrored", Draw(picture, (x, y) => At(picture, width - 1 - x, y)));
        yield return ("smaller by 3 %", Draw(picture, (x, y) => At(picture, (int)(x / 0.97), (int)(y / 0.97))));
        yield return ("upper half missing", Draw(picture, (x, y) => y < height / 2 ? White : At(picture, x, y)));
        yield return ("lower half missing", Draw(picture, (x, y) => y > height / 2 ? White : At(picture, x, y)));
        foreach (var millimetres in (int[])[2, 3, 5])
        {
            var by = (int)Math.Round(millimetres * page.PixelsPerInch / 25.4);
            foreach (var (right, down) in ((int, int)[])[(by, 0), (-by, 0), (0, by), (0, -by)])
            {
                yield return (FormattableString.Invariant($"{millimetres} mm off"), Draw(picture, (x, y) => At(picture, x - right, y - down)));
            }
        }

        foreach (var other in all.SkipWhile(o => o != page).Concat(all).Where(o => o != page).Take(Others))
        {
            yield return ("another page", Draw(picture, (x, y) => At(other.Rendered, x, y)));
        }
    }

    private static GrayPicture Draw(GrayPicture like, Func<int, int, byte> level)
        => like with { Pixels = [.. Enumerable.Range(0, like.Pixels.Length).Select(i => level(i % like.Width, i / like.Width))] };

    private static byte At(GrayPicture picture, int x, int y)
        => x >= 0 && y >= 0 && x < picture.Width && y < picture.Height ? picture.Pixels[(y * picture.Width) + x] : White;

    private static double Contrast(GrayPicture picture)
    {
        var mean = picture.Pixels.Average(p => p);
        return Math.Sqrt(picture.Pixels.Average(p => (p - mean) * (p - mean)));
    }

    private sealed record Compared(string Name, GrayPicture Expected, GrayPicture Rendered, double PixelsPerInch);
}
