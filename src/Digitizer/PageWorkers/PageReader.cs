using System.Diagnostics;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Pages.Smaller;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The child's three stages over one page: Pages → Cleanup → Recognition.</summary>
internal sealed class PageReader : IDisposable
{
    private const double PageInches = 8.27;

    private readonly PageSplitter splitter;
    private readonly PageCleaner cleaner;
    private readonly FormReader forms;
    private readonly CompactRendition compact;
    private readonly IPageRecognizer recognizer;

    /// <param name="recognizer">Reads cleaned pages; is ended with this.</param>
    /// <param name="policy">How PDFs are taken in; null: as usual.</param>
    /// <param name="exchange">As of <see cref="PageCleaner"/>.</param>
    public PageReader(IPageRecognizer recognizer, PdfPolicy? policy = null, Func<ICleanupStep, ICleanupStep>? exchange = null)
    {
        this.recognizer = recognizer;
        splitter = new PageSplitter(PageLimits.Default, policy ?? PdfPolicy.Default);
        cleaner = new PageCleaner(part => recognizer.Trial(part, Math.Max(part.Width, part.Height) / PageInches), exchange);
        compact = new CompactRendition(cleaner, recognizer);
        forms = new FormReader(recognizer, cleaner, (policy ?? PdfPolicy.Default).ExistingText);
    }

    /// <summary>The pages of a PDF, for what takes objects out of it.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public PdfPages Pdf(byte[] unit) => splitter.Pdf(unit);

    /// <summary>The loaded engine.</summary>
    public EngineInfo Engine => recognizer.Engine;

    /// <summary>Reads headers only and applies every limit that headers can tell.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public UnitContents Inspect(byte[] unit) => splitter.Inspect(unit);

    /// <summary>Reads one page.</summary>
    /// <param name="unit">The whole file. Tags that would make a decoder turn the page are overwritten in it.</param>
    /// <param name="index">The page, from 0.</param>
    /// <param name="render">Renders pages of PDFs that are no pictures; null: such pages cannot be read.</param>
    /// <param name="isCompact">Whether its picture may lose what is not needed to read it.</param>
    /// <returns>The result; the coded picture unless <see cref="PageImage.IsSourceFile"/>, and the thumbnail's file.</returns>
    /// <exception cref="DigitizerException">Why the page cannot be read.</exception>
    public (PageResult Result, byte[]? Image, byte[] Thumbnail) Read(byte[] unit, int index, PageRendering? render = null, bool isCompact = false)
    {
        var clock = new StageClock();
        try
        {
            using var decoded = clock.Time("pages", () => splitter.Decode(unit, index, render ?? PageRenderings.None));
            if (decoded.Form is { } form)
            {
                return Read(index, decoded, form, clock);
            }

            using var clean = clock.Time("cleanup", () => cleaner.Clean(decoded));
            var text = clock.Time("recognition", () => clean.IsBlank ? PageText.Empty : recognizer.Read(clean));
            var (thumbnail, pgm) = clock.Time("thumbnail", () => PageThumbnail.Make(decoded.Pixels, clean.Geometry.Matrix, clean.Geometry.Dpi));
            var small = isCompact ? clock.Time("compact", () => compact.Make(decoded, clean, text)) : null;
            var shown = small is var (image, bytes) ? decoded with { Image = image, ImageBytes = bytes } : decoded;
            return (Result(index, shown, thumbnail, clean, text) with { Timings = clock.Milliseconds }, shown.ImageBytes, pgm);
        }
        catch (NativeException e)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Makes a page's picture smaller.</summary>
    /// <param name="unit">The whole file.</param>
    /// <param name="index">The page, from 0.</param>
    /// <param name="dpi">True pixels an inch of its picture.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="render">Renders pages of PDFs that are no pictures.</param>
    /// <returns>The first on the ladder that fits; the last if none does.</returns>
    /// <exception cref="DigitizerException">Why it cannot be decoded.</exception>
    public SmallerPage Shrink(byte[] unit, int index, double dpi, long most, PageRendering render)
    {
        try
        {
            using var decoded = splitter.Decode(unit, index, render);
            return PageLadder.Fit(decoded.Pixels, dpi, most);
        }
        catch (NativeException e)
        {
            throw Unreadable(e);
        }
    }

    private (PageResult Result, byte[]? Image, byte[] Thumbnail) Read(int index, DecodedPage decoded, FormText form, StageClock clock)
    {
        using var reading = clock.Time("recognition", () => forms.Read(decoded));
        var result = FormResult.Of(index, decoded, form.Page, reading);
        var (thumbnail, pgm) = clock.Time("thumbnail", () => PageThumbnail.Make(decoded.Pixels, result.Geometry.Matrix, result.Geometry.Dpi));
        return (result with { Thumbnail = thumbnail, Timings = clock.Milliseconds }, null, pgm);
    }

    private static DigitizerException Unreadable(NativeException e) => new(FailureKind.PageUnreadable, $"{e.Message} Scan the page again.", e);

    /// <summary>Lets go of the file read last, so that the next need not share the memory with it.</summary>
    public void Forget() => splitter.Forget();

    public void Dispose()
    {
        splitter.Dispose();
        recognizer.Dispose();
    }

    private static PageResult Result(int index, DecodedPage decoded, PageThumbnail thumbnail, CleanPage clean, PageText text) => new()
    {
        Index = index,
        Image = decoded.Image,
        Thumbnail = thumbnail,
        Geometry = clean.Geometry,

        // Nothing on a damaged page may be what was lost.
        Outcome = clean.IsBlank && !decoded.Damaged ? PageOutcome.Blank : PageOutcome.Read,
        Quality = clean.Quality,
        Text = text,
        Steps = clean.Steps,
        Origin = decoded.Origin,
        Warnings = text.Handwriting.Count > 0 ? [.. clean.Warnings, PageWarning.Handwriting] : clean.Warnings,
    };

    /// <summary>CPU time of this process by stage.</summary>
    private sealed class StageClock
    {
        private readonly Dictionary<string, double> milliseconds = [];

        public IReadOnlyDictionary<string, double> Milliseconds => milliseconds;

        public T Time<T>(string stage, Func<T> work)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var result = work();
            process.Refresh();
            milliseconds[stage] = (process.TotalProcessorTime - before).TotalMilliseconds;
            return result;
        }
    }
}
