using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Finds the boxes that are to be ticked, and whether they are.</summary>
internal static class CheckBoxes
{
    /// <summary>A box that is empty.</summary>
    public const string Empty = "☐";

    /// <summary>A box with something in it.</summary>
    public const string Ticked = "☒";

    private const double LeastInXHeights = 1.1;
    private const double MostInXHeights = 2.6;
    private const double MostUneven = 0.2;
    private const double LeastSide = 0.93;
    private const double RimShare = 0.2;
    private const double LeastMark = 0.05;

    /// <summary>Whether a character is such a box, ticked in whatever way: ☐, ☑ or ☒.</summary>
    public static bool IsBox(char character) => character is >= '☐' and <= '☒';

    /// <summary>Finds them among the marks of a page.</summary>
    /// <param name="ink">The page, 1 bit a pixel.</param>
    /// <param name="marks">Its marks.</param>
    /// <param name="xHeight">Height of letters without ascender.</param>
    public static List<(PixBox Box, bool IsTicked)> Find(Pix ink, IEnumerable<PixBox> marks, double xHeight)
    {
        var found = new List<(PixBox, bool)>();
        foreach (var mark in marks.Where(m => IsSquare(m, xHeight)))
        {
            using var part = ink.Crop(mark);
            using var gray = part.ToGray();
            var levels = gray.ToBytes();
            if (HasFourSides(levels, part.Width, part.Height))
            {
                found.Add((mark, IsTicked(levels, part.Width, part.Height)));
            }
        }

        return found;
    }

    /// <summary>A box as a word of its own.</summary>
    public static EngineWord Word(PixBox box, bool isTicked)
        => new(isTicked ? Ticked : Empty, 100, box, (box.X, box.Bottom, box.Right, box.Bottom), StartsLine: true);

    private static bool IsSquare(PixBox mark, double xHeight)
        => Math.Min(mark.Width, mark.Height) >= LeastInXHeights * xHeight && Math.Max(mark.Width, mark.Height) <= MostInXHeights * xHeight
            && Math.Abs(mark.Width - mark.Height) <= MostUneven * Math.Max(mark.Width, mark.Height);

    /// <summary>Straight along all four sides, as no letter is.</summary>
    private static bool HasFourSides(byte[] levels, int width, int height)
    {
        var rim = Math.Max(2, (int)(Math.Min(width, height) * RimShare / 2));
        var (top, bottom, left, right) = (0, 0, 0, 0);
        for (var x = 0; x < width; x++)
        {
            top += Any(levels, width, x, 0, 0, 1, rim) ? 1 : 0;
            bottom += Any(levels, width, x, height - rim, 0, 1, rim) ? 1 : 0;
        }

        for (var y = 0; y < height; y++)
        {
            left += Any(levels, width, 0, y, 1, 0, rim) ? 1 : 0;
            right += Any(levels, width, width - rim, y, 1, 0, rim) ? 1 : 0;
        }

        return Math.Min(top, bottom) >= LeastSide * width && Math.Min(left, right) >= LeastSide * height;
    }

    private static bool Any(byte[] levels, int width, int x, int y, int dx, int dy, int count)
        => Enumerable.Range(0, count).Any(i => levels[((y + (i * dy)) * width) + x + (i * dx)] < 128);

    private static bool IsTicked(byte[] levels, int width, int height)
    {
        var rim = (int)Math.Ceiling(Math.Min(width, height) * RimShare) + 1;
        var (dark, all) = (0, 0);
        for (var y = rim; y < height - rim; y++)
        {
            for (var x = rim; x < width - rim; x++)
            {
                dark += levels[(y * width) + x] < 128 ? 1 : 0;
                all++;
            }
        }

        return all > 0 && dark >= LeastMark * all;
    }
}
