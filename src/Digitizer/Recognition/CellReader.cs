using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>
/// Reads the cells of ruled tables line by line: the engine's own layout loses single digits, and whole columns of them. What was
/// read is whitened in the copy that the rest of the page is read from.
/// </summary>
internal sealed class CellReader(TableCells cells, LineReader lines, LetterBoxReader letterBoxes, double xHeight)
{
    private const int MostLines = 10;
    private const double SmallestMarkInXHeights = 0.12;

    /// <summary>Reads the cells that these marks stand in.</summary>
    /// <param name="marks">All marks of the page.</param>
    /// <param name="rest">The page; what was read is whitened in it.</param>
    /// <returns>Words, each line's first one flagged.</returns>
    public List<EngineWord> Read(IReadOnlyList<PixBox> marks, Pix rest)
    {
        var words = new List<EngineWord>();
        var marksOf = marks.Where(IsSeen).GroupBy(m => cells.Around(m.X + (m.Width / 2.0), m.Y + (m.Height / 2.0)))
            .Where(group => group.Key is not null).ToDictionary(group => group.Key!.Value, group => group.ToList());
        var rows = LetterBoxes.RowsOf(marksOf.Keys, xHeight);
        foreach (var row in rows)
        {
            if (letterBoxes.Read(row.Select(box => marksOf[box])) is { } word)
            {
                words.Add(word);
                Whiten(row.SelectMany(box => marksOf[box]), rest);
            }
        }

        foreach (var cell in marksOf.Keys.Except(rows.SelectMany(row => row)))
        {
            words.AddRange(ReadCell(marksOf[cell], rest));
        }

        return words;
    }

    private static void Whiten(IEnumerable<PixBox> marks, Pix rest)
    {
        foreach (var mark in marks)
        {
            rest.Fill(mark.Grown(2), 255);
        }
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
            Whiten(marks, rest);
        }

        return words;
    }

    private bool IsSeen(PixBox mark) => Math.Max(mark.Width, mark.Height) >= SmallestMarkInXHeights * xHeight;
}
