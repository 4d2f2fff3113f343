using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Reads rows of boxes that hold a letter or digit each, as forms have them for numbers: moved together they are one word to the engine, and to people.</summary>
internal sealed class LetterBoxReader(TesseractEngine engine, Pix gray, int dpi, double xHeight)
{
    private const int FewestBoxes = 3;
    private const double GapInXHeights = 0.25;
    private const double BesideInXHeights = 1;
    private const int Margin = 12;

    /// <summary>Reads what stands in letter boxes.</summary>
    /// <param name="boxes">Each box with the marks in it.</param>
    /// <returns>For each row that could be read: its word, and the marks that are read with it.</returns>
    public IEnumerable<(EngineWord Word, IReadOnlyList<PixBox> Marks)> Read(IEnumerable<(PixBox Box, IReadOnlyList<PixBox> Marks)> boxes)
    {
        foreach (var row in Rows(boxes).Where(row => row.Count >= FewestBoxes))
        {
            if (ReadRow(row.ConvertAll(box => PixBox.Around([.. box.Marks]))) is { } word)
            {
                yield return (word, [.. row.SelectMany(box => box.Marks)]);
            }
        }
    }

    private List<List<(PixBox Box, IReadOnlyList<PixBox> Marks)>> Rows(IEnumerable<(PixBox Box, IReadOnlyList<PixBox> Marks)> boxes)
    {
        var rows = new List<List<(PixBox Box, IReadOnlyList<PixBox> Marks)>>();
        foreach (var box in boxes.OrderBy(b => b.Box.X))
        {
            var row = rows.Find(r => box.Box.X - r[^1].Box.Right <= BesideInXHeights * xHeight && Math.Abs(box.Box.Y - r[^1].Box.Y) <= xHeight);
            if (row is null)
            {
                rows.Add([box]);
            }
            else
            {
                row.Add(box);
            }
        }

        return rows;
    }

    // A letter for each box, or the row is not understood.
    private EngineWord? ReadRow(List<PixBox> letters)
    {
        var around = PixBox.Around(letters);
        using var line = Together(letters, around);
        var read = engine.Read(line, dpi, Segmentation.SingleLine);
        var text = string.Concat(read.Select(word => word.Text)).Trim();
        return text.Length != letters.Count ? null : new EngineWord(
            text, read.Min(word => word.Confidence), around, (around.X, around.Bottom, around.Right, around.Bottom), StartsLine: true);
    }

    private Pix Together(List<PixBox> letters, PixBox around)
    {
        var gap = Math.Max(2, (int)(GapInXHeights * xHeight));
        var sheet = Pix.White(letters.Sum(l => l.Width + gap) + (2 * Margin), around.Height + (2 * Margin));
        var x = Margin;
        foreach (var letter in letters)
        {
            sheet.CopyFrom(gray, letter, x, Margin + letter.Y - around.Y);
            x += letter.Width + gap;
        }

        return sheet;
    }
}
