using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>
/// Reads the cells of ruled tables line by line: the engine's own layout loses single digits, and whole columns of them. What was
/// read is whitened in the copy that the rest of the page is read from.
/// </summary>
internal sealed class CellReader(TableCells cells, LineReader lines, double xHeight)
{
    private const double LetterBoxInXHeights = 4;
    private const int MostLines = 10;
    private const double SmallestMarkInXHeights = 0.12;

    /// <summary>Reads the cells that these marks stand in.</summary>
    /// <param name="marks">All marks of the page.</param>
    /// <param name="rest">The page; what was read is whitened in it.</param>
    /// <returns>Words, each line's first one flagged.</returns>
    public List<EngineWord> Read(IReadOnlyList<PixBox> marks, Pix rest)
    {
        var words = new List<EngineWord>();
        foreach (var group in marks.Where(IsSeen).GroupBy(m => cells.Around(m.X + (m.Width / 2.0), m.Y + (m.Height / 2.0))))
        {
            if (group.Key is { } cell && Math.Max(cell.Width, cell.Height) > LetterBoxInXHeights * xHeight)
            {
                words.AddRange(ReadCell(group.ToList(), rest));
            }
        }

        return words;
    }

    private List<EngineWord> ReadCell(List<PixBox> marks, Pix rest)
    {
        var found = InkLines.Of(marks, xHeight);
        if (found.Count is 0 or > MostLines || marks.Exists(m => m.Height > 6 * xHeight))
        {
            // A frame around a page, or a picture: the engine sees to it.
            return [];
        }

        var words = found.SelectMany(line => lines.Read(line, marks.Except(line))).ToList();
        if (words.Count > 0)
        {
            marks.ForEach(mark => rest.Fill(new PixBox(Math.Max(0, mark.X - 2), Math.Max(0, mark.Y - 2), mark.Width + 4, mark.Height + 4), 255));
        }

        return words;
    }

    private bool IsSeen(PixBox mark) => Math.Max(mark.Width, mark.Height) >= SmallestMarkInXHeights * xHeight;
}
