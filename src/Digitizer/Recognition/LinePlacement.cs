using Digitizer.Pages;

namespace Digitizer.Recognition;

/// <summary>
/// Gives the words of a line their corners: as wide as their ink, as high as the line from its
/// highest mark to its lowest descender, so that selected text looks whole.
/// </summary>
internal sealed class LinePlacement(Affine toStored, double xHeight)
{
    // Of Times-like type, in heights of letters without ascender.
    private const double LeastAbove = 1.6;
    private const double MostAbove = 2.6;
    private const double LeastBelow = 0.35;
    private const double MostBelow = 0.8;

    public TextLine Place(IReadOnlyList<LayoutWord> line)
    {
        var above = Extent(line, w => Baseline(w) - w.Box.Y, LeastAbove, MostAbove);
        var below = Extent(line, w => w.Box.Bottom - Baseline(w), LeastBelow, MostBelow);
        var words = line.Select(w => new TextWord(w.Engine.Text, Corners(w, above, below), Math.Clamp(w.Engine.Confidence / 100, 0, 1), w.Engine.Raw)).ToList();
        var (first, last) = (line[0], line[^1]);
        var quad = Quad.FromBox(
            line.Min(w => w.Box.X), line.Min(w => Baseline(w) - above),
            line.Max(w => w.Box.Right), line.Max(w => Baseline(w) + below));
        return new TextLine(
            toStored.Apply(quad),
            toStored.Apply(new PagePoint(first.Box.X, Baseline(first))),
            toStored.Apply(new PagePoint(last.Box.Right, Baseline(last))),
            words);
    }

    private Quad Corners(LayoutWord word, double above, double below)
        => toStored.Apply(Quad.FromBox(word.Box.X, Baseline(word) - above, word.Box.Right, Baseline(word) + below));

    /// <summary>The highest of the line's words, within what its size of type allows.</summary>
    private double Extent(IReadOnlyList<LayoutWord> line, Func<LayoutWord, double> reach, double least, double most)
    {
        var size = Math.Max(xHeight, line.Max(w => w.Box.Height) / MostAbove);
        return Math.Clamp(line.Max(reach), least * Math.Min(size, xHeight), most * size);
    }

    private static double Baseline(LayoutWord word)
    {
        var (x1, y1, x2, y2) = word.Engine.Baseline;
        return x2 == x1 ? y2 : y1 + ((y2 - y1) * (word.CentreX - x1) / (x2 - x1));
    }
}
