using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Reads single lines that were found by their ink.</summary>
/// <param name="engine">Reads.</param>
/// <param name="gray">The page.</param>
/// <param name="dpi">Its resolution.</param>
/// <param name="xHeight">Height of letters without ascender in its pixels.</param>
internal sealed class LineReader(TesseractEngine engine, Pix gray, int dpi, double xHeight)
{
    private static readonly Segmentation[] AsLine = [Segmentation.SingleLine, Segmentation.SingleWord];
    private static readonly Segmentation[] AsOne = [.. AsLine, Segmentation.SingleCharacter];

    private const int LeastMargin = 10;
    private const double MarginInXHeights = 0.8;

    private int Margin => Math.Max(LeastMargin, (int)(MarginInXHeights * xHeight));

    /// <summary>Reads a line.</summary>
    /// <param name="line">Its marks; what else lies in its box is not looked at.</param>
    /// <param name="others">Marks that may reach into the box.</param>
    /// <returns>Words in the page's pixels, from left to right.</returns>
    public List<EngineWord> Read(IReadOnlyCollection<PixBox> line, IEnumerable<PixBox> others)
    {
        var box = PixBox.Around(line);
        var margin = Margin;
        using var crop = WithMargin(box, margin, others);
        return Read(crop, isOne: line.Count <= 2).ConvertAll(word => Moved(word, box.X - margin, box.Y - margin));
    }

    /// <summary>Reads a line with what else its letters may be.</summary>
    /// <param name="line">Its marks; what else lies in its box is not looked at.</param>
    /// <param name="others">Marks that may reach into the box.</param>
    /// <returns>Words in the page's pixels, from left to right.</returns>
    public List<EngineLattice> ReadLattice(IReadOnlyCollection<PixBox> line, IEnumerable<PixBox> others)
    {
        var box = PixBox.Around(line);
        var margin = Margin;
        using var crop = WithMargin(box, margin, others);
        return engine.ReadLattice(crop, dpi).ConvertAll(word => word with { Box = Moved(word.Box, box.X - margin, box.Y - margin) });
    }

    // A digit alone is no line to the engine, and sometimes no word.
    private List<EngineWord> Read(Pix crop, bool isOne)
    {
        List<EngineWord> read = [];
        foreach (var way in isOne ? AsOne : AsLine)
        {
            read = engine.Read(crop, dpi, way);
            if (read.Exists(word => word.Text.Any(char.IsLetterOrDigit)))
            {
                break;
            }
        }

        return read;
    }

    private Pix WithMargin(PixBox box, int margin, IEnumerable<PixBox> others)
    {
        // A pixel more takes the grey edge along.
        var (left, top) = (Math.Max(0, box.X - 1), Math.Max(0, box.Y - 1));
        var inner = new PixBox(left, top, Math.Min(gray.Width, box.Right + 1) - left, Math.Min(gray.Height, box.Bottom + 1) - top);
        using var part = gray.Crop(inner);
        foreach (var other in others)
        {
            var (x, y) = (Math.Max(other.X - 1, left), Math.Max(other.Y - 1, top));
            var (right, bottom) = (Math.Min(other.Right + 1, inner.Right), Math.Min(other.Bottom + 1, inner.Bottom));
            if (x < right && y < bottom)
            {
                part.Fill(new PixBox(x - left, y - top, right - x, bottom - y), 255);
            }
        }

        return part.Framed(margin - (box.X - left), margin - (box.Y - top), box.Width + (2 * margin), box.Height + (2 * margin));
    }

    private static PixBox Moved(PixBox box, int x, int y) => new(box.X + x, box.Y + y, box.Width, box.Height);

    private static EngineWord Moved(EngineWord word, int x, int y)
    {
        var (x1, y1, x2, y2) = word.Baseline;
        return word with
        {
            Box = Moved(word.Box, x, y),
            Baseline = (x1 + x, y1 + y, x2 + x, y2 + y),
        };
    }
}
