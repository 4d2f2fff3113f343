using Digitizer.Cleanup;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>How a page ended.</summary>
internal enum PageOutcome
{
    Read,

    /// <summary>A page of a PDF that brought text along which can be trusted.</summary>
    KeptText,
    Blank,
    Unreadable,
}

/// <summary>Everything a page-worker says about one page.</summary>
internal sealed record PageResult
{
    /// <summary>Position in the file, from 0.</summary>
    public required int Index { get; init; }

    public required PageImage Image { get; init; }

    /// <summary>The small grey copy of the picture as decoded; its file follows the coded picture.</summary>
    public required PageThumbnail Thumbnail { get; init; }

    public required PageGeometry Geometry { get; init; }

    public required PageOutcome Outcome { get; init; }

    public required PageQuality Quality { get; init; }

    public required PageText Text { get; init; }

    /// <summary>What is to be known of the PDF that the page is of; null: it is of none, or nothing.</summary>
    public PdfOrigin? Origin { get; init; }

    /// <summary>Why text that the page brought along was not kept, an id of <c>docs/failures.md</c>; null: it was, or there was none.</summary>
    public string? TextRefused { get; init; }

    /// <summary>What each clean-up step did, in order.</summary>
    public IReadOnlyList<CleanupRecord> Steps { get; init; } = [];

    /// <summary>Rule ids of <c>docs/failures.md</c> such as <c>SCAN-DPI-OCR</c>, <c>IMAGE-DAMAGED</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>CPU milliseconds by stage name; goes to <c>--timings</c>, not into the result file.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();
}
