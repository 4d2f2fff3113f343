using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Pages.Smaller;

namespace Digitizer.PageWorkers;

/// <summary>
/// Whether a worker's answer can be true. JSON that fits the records may still hold what the records
/// never would (nulls in lists, members left out, endless numbers): a worker taken over by its file must not be able to bring down what works with the answer.
/// </summary>
internal static class AnswerCheck
{
    private const int MaxMessage = 500;
    private const int MaxFindings = 1000;
    private const int Sha256Hex = 64;
    private const int LongestId = 40;

    // A picture turned into a line has no inverse: nothing could be found on it again.
    private const double LeastArea = 1e-9;

    // Of pages with a UserUnit.
    private const double MostDpi = 100_000;

    // Of a page that was turned upright first.
    private const double MostDegrees = 45;

    // Fields of signatures, and kinds of what was left out.
    private const int MostNews = 1000;

    // Lines coded alike in a row; recommended are 2 and 4 (ITU-T T.4, 4.2).
    private const int MaxFaxK = 10_000;

    /// <summary>What may be wrong with a file or a page. Anything else is not for a worker to say: it could end the run for all files.</summary>
    private static readonly FailureKind[] OfPages =
    [
        FailureKind.FileEmpty, FailureKind.FormatUnknown, FailureKind.FormatNotSupported, FailureKind.FileTruncated, FailureKind.ImageDamaged,
        FailureKind.ImageTooLarge, FailureKind.TooManyPages, FailureKind.PdfEncrypted, FailureKind.PdfRestricted, FailureKind.PdfSigned, FailureKind.PdfActiveContent,
        FailureKind.PdfDamaged, FailureKind.PdfNotScanned, FailureKind.PdfTooComplex, FailureKind.PageOutOfMemory, FailureKind.PageUnreadable, FailureKind.Internal,
    ];

    /// <summary>What a worker may say instead of hello.</summary>
    private static readonly FailureKind[] OfEngines = [FailureKind.EngineMissing, FailureKind.ModelMissing, FailureKind.PageOutOfMemory];

    public static bool IsPossible(UnitContents contents)
        => Enum.IsDefined(contents.Format)
        && contents.Frames.Count is > 0 && contents.Frames.Count <= PageLimits.Default.MaxPages
        && contents.Frames.Select((frame, i) => frame is not null && frame.Index == i
            && IsSide(frame.Width) && IsSide(frame.Height) && (frame.Image is null || (IsPossible(frame.Image) && !frame.Image.IsCompact)) && IsPossible(frame.Origin)).All(ok => ok);

    /// <param name="result">The answer.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="unitLength">Bytes of the file that was handed over.</param>
    /// <param name="payload">Bytes that follow: the coded picture and the thumbnail.</param>
    public static bool IsPossible(PageResult result, ReadRequest request, long unitLength, long payload)
        => result is { Steps: not null, Warnings: not null, Timings: not null }
        && result.Index == request.Index
        && Enum.IsDefined(result.Outcome)
        && IsPossible(result.Image) && (result.Image.Form is null || result.Image.Form.Index == request.Index) && (!result.Image.IsCompact || request.IsCompact)
        && IsPossible(result.Origin)
        && (result.TextRefused is null || (result.TextRefused.Length is > 0 and <= LongestId && result.TextRefused.All(c => char.IsAsciiLetterLower(c) || c == '-')))
        && (result.Image.Form is not null || !result.Text.Lines.Any(line => line is { IsOfPage: true }))
        && (!result.Image.IsSourceFile || result.Image.Bytes == unitLength)
        && payload == (result.Image.IsSourceFile ? 0 : result.Image.Bytes) + result.Thumbnail.Bytes
        && IsFinite(result.Geometry.Skew, result.Geometry.ShownWidth, result.Geometry.ShownHeight, result.Geometry.Dpi)
        && result.Geometry is { Orientation: 0 or 90 or 180 or 270, ShownWidth: > 0, ShownHeight: > 0, Dpi: > 0 }
        && double.IsFinite(result.Geometry.Matrix.Determinant) && IsFinite(result.Geometry.Matrix.E, result.Geometry.Matrix.F)
        && Math.Abs(result.Geometry.Matrix.Determinant) > LeastArea
        && result.Thumbnail.Fits(result.Image.Width, result.Image.Height, result.Geometry.Matrix, result.Geometry.Dpi)
        && IsDigest(result.Thumbnail.Sha256)
        && result.Steps.All(step => step is { Step: not null, Detail: not null })
        && result.Warnings.All(warning => warning is not null && PageWarning.All.Contains(warning)) && result.Warnings.Distinct(StringComparer.Ordinal).Count() == result.Warnings.Count
        && IsPossible(result.Quality)
        && result.Text.Lines.All(IsPossible)
        && result.Text.Handwriting.All(IsPossible);

    /// <summary>Whether the host would have such a page rendered.</summary>
    public static bool IsPossible(RenderRequest request, int index)
        => request.Index == index && IsSide(request.Width) && IsSide(request.Height) && (long)request.Width * request.Height <= PageLimits.Default.MaxPixels
        && request.Dpi is > 0 and < MostDpi;

    /// <param name="shrunk">The answer.</param>
    /// <param name="payload">Bytes that follow: the coded picture.</param>
    public static bool IsPossible(ShrunkPicture shrunk, long payload)
        => IsPossible(shrunk.Image) && shrunk.Image is { IsSourceFile: false, IsCompact: false, Form: null, Layers: null } && shrunk.Image.Bytes == payload
        && shrunk.Rung.Dpi is > 0 and < MostDpi && shrunk.Rung.Quality is null or (>= PageLadder.LeastQuality and <= 100);

    /// <summary>Whether findings can be shown to people.</summary>
    public static bool IsPossible(ConformanceReport report)
        => report.Findings.Count <= MaxFindings && report.Findings.All(f => f is not null && IsShown(f.Clause) && IsShown(f.What) && IsShown(f.Where));

    private static bool IsPossible(PdfOrigin? origin)
        => origin is null
        || (origin is { Signatures: { Count: <= MostNews } signatures, LeftOut: { Count: <= MostNews } leftOut }
            && signatures.All(s => s is { Field.Length: <= MaxMessage } && !s.Field.Any(char.IsControl)) && leftOut.All(what => what is not null && IsShown(what)));

    private static bool IsShown(string text) => text.Length is > 0 and <= MaxMessage && !text.Any(char.IsControl);

    /// <summary>The failure that a worker reports, as one printable line.</summary>
    /// <param name="failure">As reported.</param>
    /// <param name="isStarting">True until it has said hello.</param>
    /// <exception cref="InvalidDataException">It is not for a worker to say.</exception>
    public static DigitizerException Failure(WorkerFailure failure, bool isStarting)
    {
        var line = string.Concat(failure.Message.Take(MaxMessage).Select(c => char.IsControl(c) ? ' ' : c));
        return (isStarting ? OfEngines : OfPages).Contains(failure.Kind)
            ? new DigitizerException(failure.Kind, line)
            : throw new InvalidDataException("the page-worker reported a failure that it cannot know");
    }

    private static bool IsPossible(PageImage image)
        => IsSide(image.Width) && IsSide(image.Height) && image.Bytes > 0
        && Enum.IsDefined(image.Encoding) && Enum.IsDefined(image.Color)
        && (image.Encoding is not (ImageEncoding.CcittG3 or ImageEncoding.CcittG4 or ImageEncoding.Jbig2) || image.Color == ImageColor.Bitonal)
        && image.Fax is null or { K: >= -MaxFaxK and <= MaxFaxK }
        && (!image.IsSourceFile || image.Encoding is ImageEncoding.Jpeg or ImageEncoding.PdfForm)
        && (image.Encoding == ImageEncoding.PdfForm ? image is { IsSourceFile: true, Form: { Index: >= 0, Unit: > 0 and < MostDpi } } : image.Form is null)
        && IsDigest(image.Sha256)
        && (image.Encoding == ImageEncoding.Layers ? image is { IsCompact: true, Color: ImageColor.Rgb, Layers: { } layers } && AreLayers(layers, image) : image.Layers is null)
        && (!image.IsCompact || image is { IsSourceFile: false, Encoding: ImageEncoding.Layers or ImageEncoding.Jpeg });

    private static bool AreLayers(PageLayers layers, PageImage page)
        => layers.Inks.Count <= PageLayers.MostInks && layers.Inks.All(ink => ink is { Mask: not null })
        && layers.Pictures().All(layer => layer is { IsSourceFile: false, IsCompact: false } && IsPossible(layer) && layer.Width <= PageLayers.Finest * page.Width && layer.Height <= PageLayers.Finest * page.Height)
        && layers.Background is null or { Encoding: ImageEncoding.Jpeg }
        && layers.Inks.All(ink => ink.Mask is { Encoding: ImageEncoding.Jbig2 or ImageEncoding.CcittG4, Fax: null } mask && ((mask.Width == page.Width && mask.Height == page.Height) || (mask.Width == PageLayers.Finest * page.Width && mask.Height == PageLayers.Finest * page.Height)))
        && layers.Pictures().Sum(layer => (decimal)layer.Bytes) == page.Bytes;

    private static bool IsDigest(string sha256) => sha256.Length == Sha256Hex && sha256.All(char.IsAsciiHexDigitLower);

    private static bool IsPossible(PageQuality quality)
        => AreWithin(1, quality.Ink, quality.Color, quality.Border)
        && AreWithin(byte.MaxValue, quality.Background, quality.BackgroundSpread, quality.Contrast, quality.BleedThrough)
        && AreWithin(PageLimits.Default.MaxSide, quality.XHeight, quality.StrokeWidth)
        && AreWithin(4 * byte.MaxValue, quality.Noise) && AreWithin(PageLimits.Default.MaxPixels, quality.Specks) && AreWithin(MostDegrees, Math.Abs(quality.Skew));

    private static bool AreWithin(double most, params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!(value >= 0 && value <= most))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPossible(Recognition.TextLine line)
        => line is { Words.Count: > 0, Cell: null or { Table: >= 0, Row: >= 0, Column: >= 0 } }
        && IsPossible(line.Quad)
        && IsFinite(line.BaselineStart.X, line.BaselineStart.Y, line.BaselineEnd.X, line.BaselineEnd.Y)
        && line.Words.All(word => word is { Text.Length: > 0, Confidence: >= 0 and <= 1 } && IsPossible(word.Quad));

    private static bool IsPossible(Quad quad) => IsFinite(quad.MinX, quad.MinY, quad.MaxX, quad.MaxY);

    private static bool IsSide(int pixels) => pixels > 0 && pixels <= PageLimits.Default.MaxSide;

    private static bool IsFinite(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
