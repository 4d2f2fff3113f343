using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Digitizer.Assembly;
using Digitizer.Benchmarks.Accuracy;
using Digitizer.Benchmarks.Scoring;
using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;

namespace Digitizer.Benchmarks.Compact;

/// <summary>What the profile <c>compact</c> gains and loses on grey and colour pages whose text is known.</summary>
internal sealed class CompactBenchmark : IDisposable
{
    private const int Dpi = 300;

    // As measured, of pages that were scanned at 300.
    private const int LeastOf300 = 290;

    // As the product does it: a trial is of a page's width.
    private const double PageInches = 8.27;

    private readonly PageSet set;
    private readonly PageSplitter splitter = new(PageLimits.Default);
    private readonly TesseractRecognizer recognizer;
    private readonly PageCleaner cleaner;
    private readonly CompactRendition compact;
    private readonly TempFolder folder = new();

    private CompactBenchmark(PageSet set, string model)
    {
        this.set = set;
        recognizer = new TesseractRecognizer(model, OcrModel.FindFolder(model, null));
        cleaner = new PageCleaner(part => recognizer.Trial(part, Math.Max(part.Width, part.Height) / PageInches));
        compact = new CompactRendition(cleaner, recognizer);
    }

    public static int Run(string[] args)
    {
        if (AccuracyOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(AccuracyOptions.Usage);
            return 2;
        }

        using var benchmark = new CompactBenchmark(PageSet.Open(options.Folder), options.Model);
        var pages = benchmark.Run(options.Only);
        foreach (var group in pages.GroupBy(p => p.Profile, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Print(group.Key, [.. group]);
        }

        Print("all", pages);
        Print("colour", [.. pages.Where(p => p.IsColour)]);
        Print("300 dpi", [.. pages.Where(p => p.Dpi >= LeastOf300)]);
        Print("compact", [.. pages.Where(p => p.IsCompact && p.Dpi >= LeastOf300)]);
        if (options.Json is { } file)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(pages));
        }

        return 0;
    }

    public void Dispose()
    {
        splitter.Dispose();
        recognizer.Dispose();
        folder.Dispose();
    }

    private List<CompactFigures> Run(string only)
    {
        var pages = new List<CompactFigures>();
        foreach (var page in set.Pages.Where(p => p.Id.Contains(only, StringComparison.Ordinal)))
        {
            var file = File.ReadAllBytes(set.Picture(page));
            using var decoded = splitter.Decode(file, 0);
            if (decoded.Pixels.Depth > 1)
            {
                var figures = Measure(page, file, decoded);
                Print(figures);
                pages.Add(figures);
            }
        }

        return pages;
    }

    private CompactFigures Measure(TruePage page, byte[] file, DecodedPage decoded)
    {
        using var clean = cleaner.Clean(decoded);
        var text = Read(clean);
        using var picture = CompactRendition.Layers(decoded, clean);
        var layers = picture is null ? null : Measure(page, picture, clean.Geometry, compact.Compare(decoded, clean, text, picture.Pixels));
        return new CompactFigures(page.Id, page.Profile, page.Kind, clean.Geometry.Dpi, decoded.Pixels.Depth == 32, decoded.Image.Bytes, layers, Score(page, text), Again(page, decoded.Image, decoded.ImageBytes ?? file, clean.Geometry));
    }

    private LayersFigures Measure(TruePage page, CompactPicture picture, PageGeometry geometry, CompactComparison comparison)
    {
        return new LayersFigures(
            picture.Image.Bytes,
            comparison.Picture,
            comparison.Reading?.Rate ?? 1,
            comparison.Reading?.SameNumbers ?? false,
            comparison.Passes,
            Again(page, picture.Image, picture.Bytes, geometry));
    }

    /// <summary>Reads the page of a PDF.</summary>
    private double Again(TruePage page, PageImage image, byte[] bytes, PageGeometry geometry)
    {
        using var rendered = DecodedPage.Lossless(Render(image, bytes, geometry), 1, TaggedResolution.Square(Dpi));
        using var clean = cleaner.Clean(rendered);
        return Score(page, Read(clean));
    }

    private PageText Read(CleanPage clean) => clean.IsBlank ? PageText.Empty : recognizer.Read(clean);

    private double Score(TruePage page, PageText text) => set.Score(page, ResultText.Of([text])).FreeRate;

    private Pix Render(PageImage picture, byte[] bytes, PageGeometry geometry)
    {
        var (image, pdf, page) = (Path.Combine(folder.Path, "image"), Path.Combine(folder.Path, "page.pdf"), Path.Combine(folder.Path, "page"));
        File.WriteAllBytes(image, bytes);
        using (var output = File.Create(pdf))
        {
            PdfAssembler.Write([new ShownPage(picture, image, geometry, [])], new PdfMetadata { Title = "compact", CreatorTool = "compact" }, output, CancellationToken.None);
        }

        using var program = Process.Start("pdftoppm", ["-cropbox", "-singlefile", "-r", Dpi.ToString(CultureInfo.InvariantCulture), pdf, page]);
        program.WaitForExit();
        return Pix.FromPnm(File.ReadAllBytes(page + ".ppm"));
    }

    private static void Print(CompactFigures page) => Console.WriteLine(page.Layers is { } layers
        ? FormattableString.Invariant($"{page.Id,-42} {page.Dpi,4:0} dpi {page.BytesBefore,8} → {layers.Bytes,6} {(layers.Passes ? "compact" : "as came")}  picture {layers.Picture:0.000}  reading {layers.Rate:0.0000} {(layers.SameNumbers ? "same" : "other")} numbers  CERf {100 * page.First:0.00}, rendered {100 * page.Came:0.00} → {100 * layers.Shown:0.00}")
        : FormattableString.Invariant($"{page.Id,-42} {page.Dpi,4:0} dpi {page.BytesBefore,8}          as came  no layers  CERf {100 * page.First:0.00}, rendered {100 * page.Came:0.00}"));

    private static void Print(string name, List<CompactFigures> pages)
    {
        var worst = pages.MaxBy(p => p.Shown - p.Came);
        if (worst is not null)
        {
            Console.WriteLine(FormattableString.Invariant($"{name,-12} {pages.Count,3} pages, {pages.Count(p => p.IsCompact),3} compact; bytes {pages.Average(p => p.BytesBefore),8:0} → {pages.Average(p => p.BytesAfter),8:0}; CERf {100 * pages.Average(p => p.First),6:0.000}, rendered {100 * pages.Average(p => p.Came),6:0.000} → {100 * pages.Average(p => p.Shown),6:0.000}; worst {100 * (worst.Shown - worst.Came):0.00} {worst.Id}"));
        }
    }
}
