using Digitizer.Assembly;
using Digitizer.Cleanup;
using Digitizer.Pages;
using Digitizer.Recognition;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

/// <summary>Pages, lines and files for the tests of the PDF writer.</summary>
internal static class TestPages
{
    public static PdfMetadata Metadata { get; } = new()
    {
        Title = "Quyết định số 3370/UBND-HCC về việc giải quyết hồ sơ",
        CreatorTool = "Digitizer 0.1.0",
    };

    /// <summary>A page of 96 × 64 stored pixels shown upright at the given resolution.</summary>
    public static PageGeometry Upright(double dpi = 72) => Turned(0, false, 0, dpi);

    /// <summary>Stored picture → mirrored if asked → turned clockwise in quarters → turned by <paramref name="skew"/> about the middle.</summary>
    public static PageGeometry Turned(int orientation, bool mirrored, double skew, double dpi = 72)
    {
        const double w = TestPictures.Width;
        const double h = TestPictures.Height;
        var mirror = mirrored ? new Affine(-1, 0, 0, 1, w, 0) : Affine.Identity;
        var (width, height) = orientation % 180 == 0 ? (w, h) : (h, w);
        var turn = Affine.Translate(-w / 2, -h / 2)
            .Then(Affine.RotateClockwise(orientation, 0, 0))
            .Then(Affine.Translate(width / 2, height / 2));
        return new PageGeometry
        {
            Orientation = orientation,
            Skew = skew,
            Matrix = mirror.Then(turn).Then(Affine.RotateClockwise(skew, width / 2, height / 2)),
            ShownWidth = width,
            ShownHeight = height,
            Dpi = dpi,
        };
    }

    /// <summary>A page without picture, of any size in pixels.</summary>
    public static ShownPage Blank(double width, double height, double dpi, params TextLine[] lines) => new(
        null,
        null,
        new PageGeometry { Orientation = 0, Skew = 0, Matrix = Affine.Identity, ShownWidth = width, ShownHeight = height, Dpi = dpi },
        lines);

    public static ShownPage Page(PdfTools tools, TestPicture picture, PageGeometry geometry, params TextLine[] lines)
    {
        var file = tools.PathOf(picture.Image.Sha256);
        File.WriteAllBytes(file, picture.Bytes);
        return new ShownPage(picture.Image, file, geometry, lines);
    }

    /// <summary>A line whose words are as high as it is.</summary>
    /// <param name="top">Pixels.</param>
    /// <param name="bottom">Pixels.</param>
    /// <param name="words">Text, left, right in pixels.</param>
    public static TextLine Line(double top, double bottom, params (string Text, double Left, double Right)[] words)
    {
        var quad = Quad.FromBox(words.Min(w => w.Left), top, words.Max(w => w.Right), bottom);
        var baseline = bottom - (0.25 * (bottom - top));
        return new TextLine(
            quad,
            new PagePoint(quad.MinX, baseline),
            new PagePoint(quad.MaxX, baseline),
            [.. words.Select(w => new TextWord(w.Text, Quad.FromBox(w.Left, top, w.Right, bottom), 0.9))]);
    }

    public static string Write(PdfTools tools, IEnumerable<ShownPage> pages, PdfMetadata? metadata = null, string name = "test.pdf")
    {
        var path = tools.PathOf(name);
        using (var output = File.Create(path))
        {
            PdfAssembler.Write(pages, metadata ?? Metadata, output, CancellationToken.None);
        }

        if ((metadata ?? Metadata).Conformance == PdfConformance.PdfA2u)
        {
            PdfAAssert.Conforms(path);
        }

        return path;
    }

    /// <summary>Every coding, every turn, mirrored and tilted pages, and one that could not be decoded; with words.</summary>
    public static IReadOnlyList<ShownPage> Everything(PdfTools tools)
    {
        var line = Line(10, 22, ("Nguyễn", 5, 40), ("Thị", 44, 58), ("Ngọc", 62, 90));
        var pages = TestPictures.All.Select(p => Page(tools, p, Upright(), line)).ToList();
        foreach (var orientation in (int[])[0, 90, 180, 270])
        {
            pages.Add(Page(tools, TestPictures.ColorJpeg, Turned(orientation, false, -1.4), line));
            pages.Add(Page(tools, TestPictures.G4, Turned(orientation, true, 2.5), line));
        }

        pages.Add(Page(tools, TestPictures.GrayFlate, Upright()));
        pages.Add(Blank(2480, 3508, 300, Line(100, 150, ("Trang", 100, 240))));
        return pages;
    }
}
