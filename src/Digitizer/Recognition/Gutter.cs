namespace Digitizer.Recognition;

/// <summary>An empty vertical strip that parts several neighbouring bands into left and right.</summary>
/// <param name="X">Right end of what lies left of it.</param>
/// <param name="Bands">How many bands it parts.</param>
internal readonly record struct Gutter(double X, int Bands)
{
    private const double WideInXHeights = 2.2;
    private const double NarrowInXHeights = 1.5;
    private const int BandsForNarrow = 5;
    private const double NextLineInXHeights = 2.5;

    /// <summary>The gutter that starts at band <paramref name="first"/> and parts most bands, or null.</summary>
    public static Gutter? Find(List<List<Block>> bands, int first, double xHeight)
    {
        var gaps = Gaps(bands[first], xHeight);
        Gutter? best = null;
        var (parted, labels, last) = (0, 0, 0);
        for (var i = first; i < bands.Count && gaps.Count > 0; i++)
        {
            gaps = i == first ? gaps : Narrowed(gaps, bands[i], xHeight);
            if (gaps.Count == 0)
            {
                break;
            }

            var widest = gaps.MaxBy(g => g.Width);
            if (!BothSides(bands[i], widest))
            {
                // Lines of the left cell that go on beside nothing belong to it: they come before the right cell.
                best = best is not null && GoesOn(bands, first, i, widest, xHeight) ? new Gutter(widest.Left, i - first + 1) : best;
                continue;
            }

            // Labels of a form and what is filled in beside them are lines, however well they are aligned; so are numbers of a list.
            labels += IsLabel(bands[i], widest) ? 1 : 0;
            parted++;
            last = i;
            var needed = parted >= BandsForNarrow ? NarrowInXHeights : WideInXHeights;
            if (!(labels > 1 && 2 * labels > parted) && (parted >= 2 || TallBand(bands[i], xHeight)) && widest.Width >= needed * xHeight)
            {
                best = new Gutter(widest.Left, last - first + 1);
            }
        }

        return best;
    }

    private static bool TallBand(List<Block> band, double xHeight)
        => band.Max(b => b.Box.Bottom) - band.Min(b => b.Box.Y) > 5 * xHeight;

    private static bool BothSides(List<Block> band, Gap gap)
        => band.Exists(b => b.Box.Right <= gap.Left) && band.Exists(b => b.Box.X >= gap.Right);

    private static bool IsLabel(List<Block> band, Gap gap)
    {
        var left = band.FindAll(b => b.Box.Right <= gap.Left);
        return left.MaxBy(b => b.Box.Right)?.Word?.Engine.Text is { } last && (last.EndsWith(':') || (left.Count == 1 && IsListNumber(last)));
    }

    private static bool IsListNumber(string text) => text.Length <= 3 && char.IsAsciiDigit(text[0]) && text.TrimEnd('.', ')').All(char.IsAsciiDigit);

    private static bool GoesOn(List<List<Block>> bands, int first, int at, Gap gap, double xHeight)
    {
        var left = bands[at].FindAll(b => b.Box.Right <= gap.Left);
        var above = bands.GetRange(first, at - first).SelectMany(b => b).Where(b => b.Box.Right <= gap.Left).ToList();
        return left.Count == bands[at].Count && above.Count > 0
            && left.Min(b => b.Box.Y) - above.Max(b => b.Box.Bottom) < NextLineInXHeights * xHeight;
    }

    private static List<Gap> Gaps(List<Block> band, double xHeight)
    {
        var gaps = new List<Gap>();
        var right = double.NaN;
        foreach (var block in band.OrderBy(b => b.Box.X))
        {
            if (block.Box.X - right >= NarrowInXHeights * xHeight)
            {
                gaps.Add(new Gap(right, block.Box.X));
            }

            right = double.IsNaN(right) ? block.Box.Right : Math.Max(right, block.Box.Right);
        }

        return gaps;
    }

    /// <summary>What stays empty of each gap in one more band.</summary>
    private static List<Gap> Narrowed(List<Gap> gaps, List<Block> band, double xHeight)
    {
        var result = new List<Gap>();
        foreach (var gap in gaps)
        {
            var left = gap.Left;
            foreach (var block in band.Where(b => b.Box.Right > gap.Left && b.Box.X < gap.Right).OrderBy(b => b.Box.X))
            {
                Keep(result, new Gap(left, block.Box.X), xHeight);
                left = Math.Max(left, block.Box.Right);
            }

            Keep(result, new Gap(left, gap.Right), xHeight);
        }

        return result;
    }

    private static void Keep(List<Gap> gaps, Gap gap, double xHeight)
    {
        if (gap.Width >= NarrowInXHeights * xHeight)
        {
            gaps.Add(gap);
        }
    }

    private readonly record struct Gap(double Left, double Right)
    {
        public double Width => Right - Left;
    }
}
