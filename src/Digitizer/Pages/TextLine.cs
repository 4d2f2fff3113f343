namespace Digitizer.Pages;

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
