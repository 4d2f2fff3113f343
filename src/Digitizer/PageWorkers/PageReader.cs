using System.Diagnostics;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The child's three stages over one page: Pages → Cleanup → Recognition.</summary>
internal sealed class PageReader : IDisposable
{
    private const double PageInches = 8.27;

    private readonly PageSplitter splitter = new(PageLimits.Default);
    private readonly PageCleaner cleaner;
    private readonly IPageRecognizer recognizer;

    /// <param name="recognizer">Reads cleaned pages; is ended with this.</param>
    /// <param name="exchange">As of <see cref="PageCleaner"/>.</param>
    public PageReader(IPageRecognizer recognizer, Func<ICleanupStep, ICleanupStep>? exchange = null)
    {
        this.recognizer = recognizer;
        cleaner = new PageCleaner(part => recognizer.Trial(part, Math.Max(part.Width, part.Height) / PageInches), exchange);
    }

    /// <summary>The loaded engine.</summary>
    public EngineInfo Engine => recognizer.Engine;

    /// <summary>Reads headers only and applies every limit that headers can tell.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public UnitContents Inspect(byte[] unit) => splitter.Inspect(unit);

    /// <summary>Reads one page.</summary>
    /// <param name="unit">The whole file. Tags that would make a decoder turn the page are overwritten in it.</param>
    /// <param name="index">The page, from 0.</param>
    /// <returns>The result; the coded picture unless <see cref="PageImage.IsSourceFile"/>, and the thumbnail's file.</returns>
    /// <exception cref="DigitizerException">Why the page cannot be read.</exception>
    public (PageResult Result, byte[]? Image, byte[] Thumbnail) Read(byte[] unit, int index)
    {
        var clock = new StageClock();
        try
        {
            using var decoded = clock.Time("pages", () => splitter.Decode(unit, index));
            using var clean = clock.Time("cleanup", () => cleaner.Clean(decoded));
            var text = clock.Time("recognition", () => clean.IsBlank ? PageText.Empty : recognizer.Read(clean));
            var (thumbnail, pgm) = clock.Time("thumbnail", () => PageThumbnail.Make(decoded.Pixels, clean.Geometry.Matrix, clean.Geometry.Dpi));
            return (Result(index, decoded, thumbnail, clean, text) with { Timings = clock.Milliseconds }, decoded.ImageBytes, pgm);
        }
        catch (NativeException e)
        {
            throw new DigitizerException(FailureKind.PageUnreadable, $"{e.Message} Scan the page again.", e);
        }
    }

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
        Outcome = clean.IsBlank ? PageOutcome.Blank : PageOutcome.Read,
        Quality = clean.Quality,
        Text = text,
        Steps = clean.Steps,
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
