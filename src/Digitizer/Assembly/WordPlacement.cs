using Digitizer.Pages;

namespace Digitizer.Assembly;

/// <summary>
/// Puts the words on the page so that what a viewer highlights is the word's quad: the font's line
/// box (<see cref="GlyphlessFont.Height"/> + <see cref="GlyphlessFont.Depth"/>) is as high as the
/// line and lies where the line lies.
/// </summary>
internal static class WordPlacement
{
    private const double EmPerLineBox = 1 / (GlyphlessFont.Height + GlyphlessFont.Depth);

    // A line whose words lie within this part of its height is level; its words share one baseline,
    // by which readers know that they belong together.
    private const double LevelTolerance = 0.25;

    // Smallest font and word in points; boxes of a pixel or none must not make text vanish.
    private const double SmallestFont = 0.5;
    private const double SmallestAdvance = 0.05;

    // Widest character in em. Numbers in a PDF/A-1 file end at 32767 (ISO 19005-1, 6.1.12), and the
    // stretch in percent is twice this, times hundred.
    private const double LargestAdvance = 100;

    /// <summary>The words of a page in order, kept inside the page: readers drop characters that begin outside.</summary>
    public static List<PlacedWord> Place(PageFrame frame, IEnumerable<TextLine> lines)
    {
        var words = new List<PlacedWord>();
        foreach (var line in lines)
        {
            words.AddRange(PlaceLine(frame, line));
        }

        return words;
    }

    private static IEnumerable<PlacedWord> PlaceLine(PageFrame frame, TextLine line)
    {
        var quads = line.Words.Select(w => frame.StoredToPage.Apply(w.Quad)).ToList();
        var height = quads.Average(HeightOf);
        var middle = quads.Average(MiddleOf);
        var isLevel = quads.All(q => Math.Abs(MiddleOf(q) - middle) <= LevelTolerance * height);
        var fontSize = Math.Clamp(height * EmPerLineBox, SmallestFont, Math.Min(frame.Width, frame.Height) / 2);
        return line.Words.Zip(quads, (word, quad) =>
        {
            var bottom = (isLevel ? middle : MiddleOf(quad)) + (height / 2);
            var baseline = Math.Clamp(bottom - (GlyphlessFont.Depth * fontSize), 0, frame.Height);
            var (left, right) = Inside(quad, frame.Width, SmallestAdvance * word.Text.Length);
            right = Math.Min(right, left + (LargestAdvance * fontSize * word.Text.Length));
            return new PlacedWord(word.Text, left, right, baseline, fontSize);
        });
    }

    private static (double Left, double Right) Inside(Quad quad, double pageWidth, double smallest)
    {
        var left = Math.Clamp(quad.MinX, 0, pageWidth);
        var right = Math.Clamp(quad.MaxX, 0, pageWidth);
        if (right - left >= smallest)
        {
            return (left, right);
        }

        left = Math.Clamp(left, 0, Math.Max(0, pageWidth - smallest));
        return (left, Math.Min(pageWidth, left + smallest));
    }

    private static double HeightOf(Quad q) => (Distance(q.TopLeft, q.BottomLeft) + Distance(q.TopRight, q.BottomRight)) / 2;

    private static double MiddleOf(Quad q) => (q.TopLeft.Y + q.TopRight.Y + q.BottomRight.Y + q.BottomLeft.Y) / 4;

    private static double Distance(PagePoint a, PagePoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
