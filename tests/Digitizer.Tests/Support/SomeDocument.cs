using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;

namespace Digitizer.Tests.Support;

/// <summary>Read pages and their results, made by hand.</summary>
internal static class SomeDocument
{
    public static readonly EngineInfo Engine = new("tesseract", "5.3.0", "vie", new string('a', 64));

    /// <summary>A page of one line.</summary>
    public static ReadPage Page(int index, params string[] words) => new(
        new FrameInfo(index, 2480, 3508),
        new PageAttempts(Result(index, words), null, 1),
        null);

    /// <summary>A page that no attempt could read.</summary>
    public static ReadPage Unreadable(int index) => new(
        new FrameInfo(index, 2480, 3508),
        new PageAttempts(null, new DigitizerException(FailureKind.PageTimedOut, "The page took too long."), 2),
        null);

    /// <summary>The result of a unit.</summary>
    /// <param name="seed">Units of different seeds have different ids.</param>
    /// <param name="pdfSha256">Of the PDF that goes with it.</param>
    /// <param name="pages">Its pages.</param>
    public static DocumentResult Of(byte seed, string pdfSha256, params ReadPage[] pages)
    {
        var modified = DateTimeOffset.FromUnixTimeMilliseconds(1469918176385);
        var unit = UnitId.Create(modified, [.. Enumerable.Repeat(seed, 10)]);
        var isUnreadable = Array.Exists(pages, page => page.Outcome == PageOutcome.Unreadable);
        return new DocumentResultBuilder(new DocumentFacts
        {
            Unit = unit.ToString(),
            Document = DocumentId.ForPart(unit, 1).ToString(),
            Revision = 1,
            Sources = [.. pages.Select(_ => new SourceOfPage("Công văn.tif", new string('b', 64)))],
            Reasons = isUnreadable ? [nameof(FailureKind.PageUnreadable)] : [],
            Dossier = new DossierResult(null, "none", "none"),
            Pdf = new PdfResult("Công văn.pdf", pdfSha256, 3, "PDF/A-2u"),
            Engine = Engine,
        }).Build(pages);
    }

    private static PageResult Result(int index, string[] words) => new()
    {
        Index = index,
        Image = new PageImage
        {
            Width = 2480,
            Height = 3508,
            Encoding = ImageEncoding.Jpeg,
            Color = ImageColor.Rgb,
            IsSourceFile = true,
            Bytes = 1000,
            Sha256 = new string('c', 64),
        },
        Thumbnail = new PageThumbnail(496, 702, 348_207, new string('d', 64)),
        Geometry = new PageGeometry
        {
            Orientation = 90,
            Skew = -1.40004,
            Matrix = new Affine(0, 1, -1, 0, 3508, -0.00001),
            ShownWidth = 3508,
            ShownHeight = 2480,
            Dpi = 299.96,
        },
        Outcome = words.Length == 0 ? PageOutcome.Blank : PageOutcome.Read,
        Quality = new PageQuality { XHeight = 21.04, Ink = 0.051239, Background = 240, StrokeWidth = 4.1234, Skew = -1.40004, Border = 0.01234 },
        Text = words.Length == 0 ? PageText.Empty : new PageText([Line(words)], 0.94321),
        Steps = [new CleanupRecord("orient", true, "90°")],
        Warnings = ["SCAN-DPI-OCR"],
    };

    private static TextLine Line(string[] words) => new(
        Quad.FromBox(10, 20, 300, 60),
        new PagePoint(10, 50.04),
        new PagePoint(300, 50),
        [.. words.Select((w, i) => new TextWord(w, Quad.FromBox(10 + (100 * i), 20, 90 + (100 * i), 60), 0.96789, i == 0 ? w + "'" : null))]);
}
