namespace Digitizer.Pages.Compact;

/// <summary>
/// Draws the stencils of inks twice as fine as the page: a stroke's edge runs somewhere through a pixel, and the levels of those about it say where.
/// A reader that shows the page as coarse as it was makes grey edges of it again.
/// </summary>
/// <param name="ink">Where the page has ink.</param>
/// <param name="inks">By pixel, the number of its ink.</param>
internal sealed class Stencils(InkMap ink, byte[] inks)
{
    // Finer pages have edges enough of their own.
    private const int MostDpi = 450;

    // What a pixel's own level, that of a neighbour across or down, and of the one at the corner, count for the part between them: the part's middle is a quarter off.
    private const int Own = 9;
    private const int Beside = 3;
    private const int All = Own + Beside + Beside + 1;

    /// <summary>How many times as fine stencils are as the page.</summary>
    /// <param name="width">Pixels of the page.</param>
    /// <param name="height">Pixels of the page.</param>
    /// <param name="dpi">Its resolution.</param>
    public static int ScaleOf(int width, int height, double dpi) => dpi < MostDpi && 2 * Math.Max(width, height) <= PageLimits.Default.MaxSide ? 2 : 1;

    /// <summary>Draws them.</summary>
    /// <param name="count">How many inks there are.</param>
    /// <param name="scale">As of <see cref="ScaleOf"/>.</param>
    /// <returns>By ink: rows padded to whole bytes, set bits are ink.</returns>
    public byte[][] Draw(int count, int scale)
    {
        var stride = ((scale * ink.Width) + 7) / 8;
        var rows = Enumerable.Range(0, count).Select(_ => new byte[stride * scale * ink.Height]).ToArray();
        for (var y = 0; y < ink.Height; y++)
        {
            for (var x = 0; x < ink.Width; x++)
            {
                var number = scale == 1 ? inks[(y * ink.Width) + x] : NumberAt(x, y);
                if (number != InkSorter.None)
                {
                    Set(rows[number], stride, x, y, scale);
                }
            }
        }

        return rows;
    }

    private void Set(byte[] rows, int stride, int x, int y, int scale)
    {
        if (scale == 1)
        {
            rows[(y * stride) + (x / 8)] |= (byte)(0x80 >> (x % 8));
            return;
        }

        var at = (y * ink.Width) + x;
        Span<int> levels = [Level(x, y, -1, -1), Level(x, y, 1, -1), Level(x, y, -1, 1), Level(x, y, 1, 1)];
        var (least, best) = (InkMap.LeastOf(ink.Strongest[at]) * All, Most(levels));
        for (var part = 0; part < levels.Length; part++)
        {
            // The finest strokes lie between the parts, and must not be lost.
            if (levels[part] >= least || (part == best && ink.IsInk[at]))
            {
                var (column, row) = ((2 * x) + (part & 1), (2 * y) + (part >> 1));
                rows[(row * stride) + (column / 8)] |= (byte)(0x80 >> (column % 8));
            }
        }
    }

    private static int Most(ReadOnlySpan<int> levels)
    {
        var most = 0;
        for (var i = 1; i < levels.Length; i++)
        {
            most = levels[i] > levels[most] ? i : most;
        }

        return most;
    }

    /// <summary>The ink that a pixel is of, or whose edge it is.</summary>
    private byte NumberAt(int x, int y)
    {
        var at = (y * ink.Width) + x;
        if (inks[at] != InkSorter.None || ink.Contrast[at] < InkMap.LeastContrast)
        {
            return inks[at];
        }

        var (number, most) = (InkSorter.None, -1);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(ink.Height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(ink.Width - 1, x + 1); column++)
            {
                var other = (row * ink.Width) + column;
                if (inks[other] != InkSorter.None && ink.Contrast[other] > most)
                {
                    (number, most) = (inks[other], ink.Contrast[other]);
                }
            }
        }

        return number;
    }

    private int Level(int x, int y, int right, int down)
    {
        var (column, row) = (Math.Clamp(x + right, 0, ink.Width - 1), Math.Clamp(y + down, 0, ink.Height - 1));
        return (Own * ink.Contrast[(y * ink.Width) + x]) + (Beside * (ink.Contrast[(y * ink.Width) + column] + ink.Contrast[(row * ink.Width) + x])) + ink.Contrast[(row * ink.Width) + column];
    }
}
