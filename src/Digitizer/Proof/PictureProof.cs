using System.Globalization;
using Digitizer.Assembly;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>Compares the rendered pages of a PDF with the pictures that they were made from.</summary>
internal sealed class PictureProof(PdfPrograms programs, ProofOptions options, TimeProvider time)
{
    /// <summary>Difference from which a page is not the one that was scanned. Measured: see docs/decisions/0009-page-proof.md.</summary>
    public const double Limit = 0.42;

    // What libjpeg says of the bad data that our decoder met too (jerror.h, warnings).
    private static readonly string[] DamagedJpeg = ["Corrupt JPEG data", "Premature end of JPEG file", "Inconsistent progression sequence", "Invalid SOS parameters"];

    // What poppler has against content that others wrote, it had against the source, with which it is compared.
    internal static readonly string[] ForeignContent = ["Syntax Warning", "Syntax Error", "Internal Error", "Fontconfig"];

    /// <summary>Pixels an inch at which a page is rendered.</summary>
    public static double ScaleOf(ShownPage page)
    {
        var frame = new PageFrame(page.Geometry);

        // Rounded, so that pages of nearly one size share a process.
        return Math.Round(ProofScale.PixelsPerInch(frame.Width / 72, frame.Height / 72));
    }

    /// <summary>Compares all pages.</summary>
    /// <exception cref="DigitizerException">ProofFailed, naming the page.</exception>
    public async Task<PdfProven> CompareAsync(string pdf, IReadOnlyList<ProofPage> pages, CancellationToken cancellation)
    {
        var proven = new PdfProven(0, 0);
        for (int first = 0, next; first < pages.Count; first = next)
        {
            next = first + 1;
            var scale = ScaleOf(pages[first].Shown);
            while (next < pages.Count && ScaleOf(pages[next].Shown) == scale)
            {
                next++;
            }

            proven = await CompareAsync(pdf, pages, first..next, scale, proven, cancellation).ConfigureAwait(false);
        }

        return proven;
    }

    /// <summary>Pages of one scale are rendered by one process.</summary>
    private async Task<PdfProven> CompareAsync(
        string pdf, IReadOnlyList<ProofPage> pages, Range range, double scale, PdfProven proven, CancellationToken cancellation)
    {
        var (first, count) = range.GetOffsetAndLength(pages.Count);
        using var clock = new PageClock(options.PageTimeout, time, cancellation);
        var expected = Expected([.. pages.Skip(first).Take(count)]);
        await using var run = await programs.StartAsync(PdfPrograms.Renderer, pdf, count, expected, Arguments(first, count, scale, pdf)).ConfigureAwait(false);
        var renderings = new PgmReader(run.Output);
        for (var i = first; i < first + count; i++)
        {
            var (width, height) = SizeOf(pages[i], scale / pages[i].Unit);
            var shown = await clock.ForPageAsync(i + 1, token => renderings.ReadAsync(width + 1, height + 1, token)).ConfigureAwait(false)
                ?? throw ProofFailure.Page(i + 1, "it cannot be rendered" + Because(await clock.ForPageAsync(i + 1, run.EndAsync).ConfigureAwait(false)));
            if (shown.Width < width - 1 || shown.Height < height - 1)
            {
                throw ProofFailure.Page(i + 1, FormattableString.Invariant($"it has {shown.Width} × {shown.Height} pixels where {width} × {height} were due"));
            }

            var difference = await DifferenceAsync(pages[i], shown, scale / pages[i].Unit, cancellation).ConfigureAwait(false);
            if (difference > Limit)
            {
                throw ProofFailure.Page(i + 1, FormattableString.Invariant($"it does not show its source (difference {difference:0.00}, at most {Limit:0.00} is allowed)"));
            }

            proven = difference is { } measured
                ? new PdfProven(proven.PagesCompared + 1, Math.Max(proven.WorstDifference, measured))
                : proven;
        }

        await EndAsync(run, renderings, clock, first + count).ConfigureAwait(false);
        return proven;
    }

    private static string[] Expected(List<ProofPage> pages) =>
    [
        .. pages.Exists(page => page.SourceIsDamaged) ? DamagedJpeg : [],
        .. pages.Exists(page => page.Shown.Image?.Form is not null) ? ForeignContent : [],
    ];

    private static async Task EndAsync(ProgramRun run, PgmReader renderings, PageClock clock, int last)
    {
        if (await clock.ForPageAsync(last, token => renderings.ReadAsync(int.MaxValue, int.MaxValue, token)).ConfigureAwait(false) is not null)
        {
            throw ProofFailure.Document("it has more pages than it should");
        }

        var complaint = await clock.ForPageAsync(last, run.EndAsync).ConfigureAwait(false);
        if (complaint.Length > 0)
        {
            throw ProofFailure.Document(complaint);
        }
    }

    /// <returns>Null for a page whose picture nobody could decode: there is nothing to compare with.</returns>
    private static async Task<double?> DifferenceAsync(ProofPage page, GrayPicture shown, double scale, CancellationToken cancellation)
    {
        if (page.Shown.Image is null)
        {
            return PictureDifference.Worst(ExpectedPicture.CrossedOut(page.Shown, shown.Width, shown.Height, scale), shown);
        }

        if (page.ThumbnailFile is null)
        {
            return null;
        }

        var thumbnail = await ThumbnailAsync(page.ThumbnailFile, cancellation).ConfigureAwait(false);
        return PictureDifference.Worst(ExpectedPicture.Of(thumbnail, page.Shown, shown, scale), shown);
    }

    private static async Task<GrayPicture> ThumbnailAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
            return await new PgmReader(file).ReadAsync(int.MaxValue, int.MaxValue, cancellation).ConfigureAwait(false)
                ?? throw new InvalidDataException("it is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DigitizerException(FailureKind.FileUnreadable, $"The small copy of a page cannot be read back: {e.Message} Look at the disk, then run again.", e);
        }
    }

    // In colour, and made grey here as the thumbnail was: a renderer that is asked for grey makes it of inks in another way than of their colours.
    private static string[] Arguments(int first, int count, double scale, string pdf) =>
    [
        "-cropbox",
        "-r", scale.ToString(CultureInfo.InvariantCulture),
        "-f", (first + 1).ToString(CultureInfo.InvariantCulture),
        "-l", (first + count).ToString(CultureInfo.InvariantCulture),
        pdf,
    ];

    private static string Because(string complaint) => complaint.Length > 0 ? $": {complaint}" : "";

    // pdftoppm rounds up.
    private static (int Width, int Height) SizeOf(ProofPage page, double scale)
    {
        var frame = new PageFrame(page.Shown.Geometry);
        return (Math.Max(1, (int)Math.Ceiling(frame.Width * scale / 72)), Math.Max(1, (int)Math.Ceiling(frame.Height * scale / 72)));
    }
}
