namespace Digitizer.Cleanup;

/// <summary>The grey level of the paper over a page, as a coarse map: shadows, tint and uneven light without the ink.</summary>
/// <remarks>
/// The brighter half of a block is paper unless the block is all ink; a closing (largest, then least, of the neighbourhood) carries the
/// paper across ink up to a quarter of an inch, and a blur takes the steps out.
/// </remarks>
internal sealed class PaperMap
{
    // Blocks across the shorter side: on A4, a 25th of an inch each.
    private const int BlocksAcross = 200;
    private const int LeastBlock = 4;
    private const int ClosingRadius = 3;
    private const int BlurRadius = 2;

    // What is darker than this share of the page's paper is no paper but an edge or a picture.
    private const double LeastShare = 0.35;

    // Around the paper, and darker than any shadow on it: the table of a photograph, the lid of a scanner.
    private const double OutsideShare = 0.5;

    private readonly byte[] levels;
    private readonly bool[] outside;
    private readonly int columns;
    private readonly int rows;
    private readonly int block;

    private PaperMap(byte[] levels, bool[] outside, int columns, int rows, int block)
        => (this.levels, this.outside, this.columns, this.rows, this.block) = (levels, outside, columns, rows, block);

    /// <summary>Share of the picture that lies outside of the paper, 0–1.</summary>
    public double Outside => outside.Count(o => o) / (double)outside.Length;

    /// <summary>The paper's usual level, 1–255.</summary>
    public int Usual => Math.Max(1, Percentile(Inside(), 0.5));

    /// <summary>How far the paper's level differs over the page (10th to 90th percentile), grey levels.</summary>
    public int Spread => Percentile(Inside(), 0.9) - Percentile(Inside(), 0.1);

    /// <summary>Looks at a page.</summary>
    /// <param name="gray">Grey levels, row by row.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static PaperMap Of(ReadOnlySpan<byte> gray, int width, int height)
    {
        var block = Math.Max(LeastBlock, Math.Min(width, height) / BlocksAcross);
        var (columns, rows) = ((width + block - 1) / block, (height + block - 1) / block);
        var levels = Bright(gray, width, height, block, columns, rows);
        var outside = OutsideOf(levels, columns, rows);
        levels = Extreme(Extreme(levels, columns, rows, largest: true), columns, rows, largest: false);
        var least = (byte)(Percentile(levels, 0.5) * LeastShare);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = Math.Max(levels[i], least);
        }

        return new PaperMap(Blurred(Blurred(levels, columns, rows), columns, rows), outside, columns, rows, block);
    }

    /// <summary>Brings the paper to white everywhere, the rest in proportion.</summary>
    /// <returns>As many pixels as <paramref name="gray"/>.</returns>
    public byte[] Flatten(ReadOnlySpan<byte> gray, int width, int height)
    {
        var flat = new byte[gray.Length];
        Span<int> gains = new int[columns];
        for (var y = 0; y < height; y++)
        {
            GainsOfRow(y, gains);
            var row = flat.AsSpan(y * width, width);
            FlattenRow(gray.Slice(y * width, width), row, gains);
            Whiten(row, outside.AsSpan((y / block) * columns, columns));
        }

        return flat;
    }

    // A picture that is all outside has no better paper than that.
    private byte[] Inside() => Outside == 1 ? levels : [.. levels.Where((_, i) => !outside[i])];

    private void Whiten(Span<byte> row, ReadOnlySpan<bool> outsideOfRow)
    {
        for (var c = 0; c < columns; c++)
        {
            if (outsideOfRow[c])
            {
                row[(c * block)..Math.Min((c + 1) * block, row.Length)].Fill(255);
            }
        }
    }

    /// <summary>Dark blocks that are joined to the picture's edge by dark blocks, and the block beside them.</summary>
    private static bool[] OutsideOf(byte[] levels, int columns, int rows)
    {
        var limit = Percentile(levels, 0.9) * OutsideShare;
        var outside = new bool[levels.Length];
        var open = new Stack<(int X, int Y)>();
        void Visit(int x, int y)
        {
            if (x >= 0 && y >= 0 && x < columns && y < rows && !outside[(y * columns) + x] && levels[(y * columns) + x] < limit)
            {
                outside[(y * columns) + x] = true;
                open.Push((x, y));
            }
        }

        for (var x = 0; x < columns; x++)
        {
            Visit(x, 0);
            Visit(x, rows - 1);
        }

        for (var y = 0; y < rows; y++)
        {
            Visit(0, y);
            Visit(columns - 1, y);
        }

        while (open.TryPop(out var at))
        {
            Visit(at.X - 1, at.Y);
            Visit(at.X + 1, at.Y);
            Visit(at.X, at.Y - 1);
            Visit(at.X, at.Y + 1);
        }

        return Widened(outside, columns, rows);
    }

    private static bool[] Widened(bool[] outside, int columns, int rows)
    {
        var wide = (bool[])outside.Clone();
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var isBeside = (x > 0 && outside[(y * columns) + x - 1]) || (x < columns - 1 && outside[(y * columns) + x + 1])
                    || (y > 0 && outside[((y - 1) * columns) + x]) || (y < rows - 1 && outside[((y + 1) * columns) + x]);
                wide[(y * columns) + x] |= isBeside;
            }
        }

        return wide;
    }

    /// <summary>65536 · 255 / paper at the middle of each block, for one row of pixels.</summary>
    private void GainsOfRow(int y, Span<int> gains)
    {
        var at = Math.Clamp(((y + 0.5) / block) - 0.5, 0, rows - 1);
        var (above, share) = ((int)at, at - (int)at);
        var below = Math.Min(above + 1, rows - 1);
        for (var c = 0; c < columns; c++)
        {
            var paper = (levels[(above * columns) + c] * (1 - share)) + (levels[(below * columns) + c] * share);
            gains[c] = (int)(65536 * 255 / Math.Max(1, paper));
        }
    }

    private void FlattenRow(ReadOnlySpan<byte> gray, Span<byte> flat, ReadOnlySpan<int> gains)
    {
        var half = block / 2;
        for (var c = -1; c < columns; c++)
        {
            // From the middle of one block to that of the next.
            var (from, to) = (Math.Max(0, (c * block) + half), Math.Min(gray.Length, ((c + 1) * block) + half));
            var (first, last) = (gains[Math.Max(c, 0)], gains[Math.Min(c + 1, columns - 1)]);
            var step = (last - first) / block;
            var gain = first + (step * (from - ((c * block) + half)));
            for (var x = from; x < to; x++, gain += step)
            {
                var level = (int)(((long)gray[x] * gain) >> 16);
                flat[x] = (byte)Math.Min(level, 255);
            }
        }
    }

    private static byte[] Bright(ReadOnlySpan<byte> gray, int width, int height, int block, int columns, int rows)
    {
        var levels = new byte[columns * rows];
        for (var r = 0; r < rows; r++)
        {
            var (top, bottom) = (r * block, Math.Min((r + 1) * block, height));
            for (var c = 0; c < columns; c++)
            {
                var (left, right) = (c * block, Math.Min((c + 1) * block, width));
                var mean = MeanFrom(gray, width, left, top, right, bottom, least: 0);
                levels[(r * columns) + c] = (byte)MeanFrom(gray, width, left, top, right, bottom, mean);
            }
        }

        return levels;
    }

    /// <summary>Mean of a block's pixels that are at least so bright; every second row is enough.</summary>
    private static int MeanFrom(ReadOnlySpan<byte> gray, int width, int left, int top, int right, int bottom, int least)
    {
        var (sum, count) = (0, 0);
        for (var y = top; y < bottom; y += 2)
        {
            foreach (var level in gray[((y * width) + left)..((y * width) + right)])
            {
                // Without a branch: which pixels are ink cannot be foretold.
                var isSo = (least - 1 - level) >> 31;
                sum += level & isSo;
                count -= isSo;
            }
        }

        return sum / Math.Max(1, count);
    }

    private static byte[] Extreme(byte[] levels, int columns, int rows, bool largest)
    {
        var across = new byte[levels.Length];
        var both = new byte[levels.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var window = levels.AsSpan((r * columns) + Math.Max(0, c - ClosingRadius), Math.Min(columns, c + ClosingRadius + 1) - Math.Max(0, c - ClosingRadius));
                across[(r * columns) + c] = Extreme(window, largest);
            }
        }

        Span<byte> column = stackalloc byte[(2 * ClosingRadius) + 1];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var count = 0;
                for (var y = Math.Max(0, r - ClosingRadius); y <= Math.Min(rows - 1, r + ClosingRadius); y++)
                {
                    column[count++] = across[(y * columns) + c];
                }

                both[(r * columns) + c] = Extreme(column[..count], largest);
            }
        }

        return both;
    }

    private static byte Extreme(ReadOnlySpan<byte> window, bool largest)
    {
        var best = window[0];
        foreach (var level in window)
        {
            best = largest ? Math.Max(best, level) : Math.Min(best, level);
        }

        return best;
    }

    private static byte[] Blurred(byte[] levels, int columns, int rows)
    {
        var blurred = new byte[levels.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var (sum, count) = (0, 0);
                for (var y = Math.Max(0, r - BlurRadius); y <= Math.Min(rows - 1, r + BlurRadius); y++)
                {
                    for (var x = Math.Max(0, c - BlurRadius); x <= Math.Min(columns - 1, c + BlurRadius); x++)
                    {
                        sum += levels[(y * columns) + x];
                        count++;
                    }
                }

                blurred[(r * columns) + c] = (byte)(sum / count);
            }
        }

        return blurred;
    }

    private static int Percentile(byte[] levels, double share)
    {
        var sorted = levels.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
