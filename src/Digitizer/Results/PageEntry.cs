using System.Text.Json.Serialization;
using Digitizer.Cleanup;

namespace Digitizer.Results;

/// <summary>
/// A page of a <see cref="DocumentResult"/>. Quads: top left, top right, bottom right, bottom left,
/// in pixels of the source picture as stored, origin at the top left. Confidences: 0–1.
/// </summary>
internal sealed record PageEntry
{
    public const string AsScanned = "as-scanned";
    public const string Compact = "compact";

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required PageSource Source { get; init; }

    /// <summary>Of the source picture as stored.</summary>
    public required int Width { get; init; }

    /// <summary>Of the source picture as stored.</summary>
    public required int Height { get; init; }

    public required double Dpi { get; init; }

    /// <summary>Clockwise degrees by which the source picture is turned to read upright.</summary>
    public required int Orientation { get; init; }

    /// <summary>Degrees by which the upright page is then turned clockwise to be level.</summary>
    public required double Skew { get; init; }

    /// <summary>a, b, c, d, e, f: from source pixels to pixels of the shown page.</summary>
    public required double[] Matrix { get; init; }

    /// <summary><c>as-scanned</c>: the PDF shows the pixels that came; <c>compact</c>: it shows fewer, in layers or as JPEG.</summary>
    public string Rendition { get; init; } = AsScanned;

    /// <summary><c>read</c>, <c>kept-text</c>, <c>blank</c> or <c>unreadable</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why text that the page brought along was not kept, an id of <c>docs/failures.md</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TextRefused { get; init; }

    public required double Confidence { get; init; }

    /// <summary>Share of the page's words that can be Vietnamese, known abbreviations and names, 0–1; numbers and codes do not count. Low where much was misread.</summary>
    public required double Plausibility { get; init; }

    /// <summary>Measures, or null for an unreadable page, of which nothing was measured.</summary>
    public required PageQuality? Quality { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public IReadOnlyList<BarcodeEntry> Barcodes { get; init; } = [];

    public required IReadOnlyList<LineEntry> Lines { get; init; }

    public IReadOnlyList<TableEntry> Tables { get; init; } = [];

    /// <summary>Parts of the page that are no print.</summary>
    public IReadOnlyList<RegionEntry> Regions { get; init; } = [];

    /// <summary>What each clean-up step did, in order.</summary>
    public required IReadOnlyList<CleanupRecord> Steps { get; init; }

    /// <summary>How often the page was handed to a page-worker.</summary>
    public required int Attempts { get; init; }
}

/// <summary>Where a page comes from.</summary>
/// <param name="File">The source's real name.</param>
/// <param name="Frame">Position in the file, from 0.</param>
/// <param name="Sha256">Of the whole file.</param>
internal sealed record PageSource(string File, int Frame, string Sha256);

/// <summary>A line of text.</summary>
/// <param name="Quad">Eight numbers.</param>
/// <param name="Baseline">x1, y1, x2, y2.</param>
/// <param name="Words">From left to right.</param>
internal sealed record LineEntry(double[] Quad, double[] Baseline, IReadOnlyList<WordEntry> Words);

/// <summary>A word.</summary>
/// <param name="Text">NFC.</param>
/// <param name="Quad">Eight numbers.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Raw">The engine's own reading, only where it differs.</param>
internal sealed record WordEntry(
    string Text,
    double[] Quad,
    double Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Raw);

/// <summary>A barcode.</summary>
internal sealed record BarcodeEntry(string Type, string Value, double[] Quad);

/// <summary>A part of a page that is no print; only sure words of it are among the lines.</summary>
/// <param name="Kind"><c>handwriting</c>.</param>
/// <param name="Quad">Eight numbers.</param>
internal sealed record RegionEntry(string Kind, double[] Quad);

/// <summary>A table.</summary>
internal sealed record TableEntry(double[] Quad, IReadOnlyList<IReadOnlyList<CellEntry>> Rows);

/// <summary>A cell of a table.</summary>
internal sealed record CellEntry(string Text, double[] Quad);
