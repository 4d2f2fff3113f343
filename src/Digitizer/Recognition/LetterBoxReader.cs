using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Reads rows of boxes that hold a letter or digit each, as forms have them for numbers: moved together they are one word to the engine, and to people.</summary>
internal sealed class LetterBoxReader(TesseractEngine engine, Pix gray, int dpi, double xHeight)
{
    private const double GapInXHeights = 0.25;
    private const int Margin = 12;

    /// <summary>Reads a row of boxes.</summary>
    /// <param name="boxes">The marks in each.</param>
    /// <returns>Null if the engine does not see a letter in each box.</returns>
    public EngineWord? Read(IEnumerable<IReadOnlyCollection<PixBox>> boxes)
    {
        var letters = boxes.Select(PixBox.Around).ToList();
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
