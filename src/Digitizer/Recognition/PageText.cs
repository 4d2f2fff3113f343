using Digitizer.Pages;

namespace Digitizer.Recognition;

/// <summary>One word.</summary>
/// <param name="Text">NFC, no white space inside, never empty.</param>
/// <param name="Quad">Corners in stored pixels; the height is the line's.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Raw">The engine's own reading where <paramref name="Text"/> differs, else null.</param>
internal sealed record TextWord(string Text, Quad Quad, double Confidence, string? Raw = null);

/// <summary>One line of words, left to right.</summary>
/// <param name="Quad">Corners in stored pixels.</param>
/// <param name="BaselineStart">Left end of the baseline in stored pixels.</param>
/// <param name="BaselineEnd">Right end of the baseline in stored pixels.</param>
/// <param name="Words">At least one.</param>
/// <param name="Cell">Where in a table it stands; null: in none.</param>
internal sealed record TextLine(Quad Quad, PagePoint BaselineStart, PagePoint BaselineEnd, IReadOnlyList<TextWord> Words, CellPlace? Cell = null)
{
    /// <summary>True if a PDF's page brought it along and still carries it: nothing is laid over the page for it.</summary>
    public bool IsOfPage { get; init; }
}

/// <summary>A place in a table; all from 0.</summary>
/// <param name="Table">Number of the table on its page.</param>
/// <param name="Row">From the top.</param>
/// <param name="Column">From the left, of the cells that have text in this row.</param>
internal sealed record CellPlace(int Table, int Row, int Column);

/// <summary>The text of a page in reading order.</summary>
internal sealed record PageText(IReadOnlyList<TextLine> Lines, double Confidence)
{
    public static readonly PageText Empty = new([], 0);

    /// <summary>Where somebody wrote by hand, in stored pixels; of what stands there only words that were read for sure are among the lines, and those beside them.</summary>
    public IReadOnlyList<Quad> Handwriting
    {
        get;

        // Pages that were stored without it are read back with null.
        init => field = value ?? [];
    } = [];
}

/// <summary>The engine that read.</summary>
/// <param name="Name">For instance <c>tesseract</c>.</param>
/// <param name="Version">The library's version.</param>
/// <param name="Model">For instance <c>vie</c>.</param>
/// <param name="ModelSha256">Of the model file, lower-case hex.</param>
internal sealed record EngineInfo(string Name, string Version, string Model, string ModelSha256);
