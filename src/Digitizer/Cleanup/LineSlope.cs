using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// The slope of text lines by the feet of their letters. Less exact than sharp rows of the whole page where those can be had, but not
/// misled by columns whose lines stand at different heights.
/// </summary>
internal static class LineSlope
{
    private const int FewestLines = 6;
    private const int FewestLetters = 12;
    private const int MostLetters = 60;
    private const double GapInHeights = 2;
    private const double StepInHeights = 0.4;
    private const double SureDegrees = 0.12;

    /// <summary>Degrees by which the letters' lines must be turned clockwise to be level.</summary>
    /// <returns>Null where there are few lines, or they do not agree.</returns>
    public static double? Degrees(IReadOnlyList<PixBox> letters)
    {
        if (letters.Count == 0)
        {
            return null;
        }

        var height = letters.Select(l => l.Height).Order().ElementAt(letters.Count / 2);
        var slopes = Lines(letters, height).Where(line => line.Count >= FewestLetters).Select(Slope).Order().ToList();
        if (slopes.Count < FewestLines)
        {
            return null;
        }

        // Lines rise to the right by as much as the page must be turned clockwise.
        var (low, middle, high) = (At(slopes, 0.25), At(slopes, 0.5), At(slopes, 0.75));
        return high - low <= 2 * SureDegrees ? -middle : null;
    }

    private static double At(List<double> ordered, double share) => ordered[(int)(share * (ordered.Count - 1))];

    private static List<List<PixBox>> Lines(IEnumerable<PixBox> letters, double height)
    {
        var done = new List<List<PixBox>>();
        var open = new List<List<PixBox>>();
        foreach (var letter in letters.Where(l => l.Height >= 0.7 * height && l.Height <= 2 * height).OrderBy(l => l.X))
        {
            foreach (var ended in open.Where(line => letter.X - line[^1].Right > GapInHeights * height).ToList())
            {
                open.Remove(ended);
                done.Add(ended);
            }

            var nearest = open.MinBy(line => Math.Abs(Foot(line) - letter.Bottom));
            if (nearest is not null && Math.Abs(Foot(nearest) - letter.Bottom) <= StepInHeights * height)
            {
                nearest.Add(letter);
            }
            else
            {
                open.Add([letter]);
            }
        }

        return [.. done, .. open];
    }

    /// <summary>Where a line stands at its end: by its last three letters, as one may have a descender.</summary>
    private static int Foot(List<PixBox> line)
        => line.Count < 3 ? line[^1].Bottom : line[^3..].Select(letter => letter.Bottom).Order().ElementAt(1);

    /// <summary>The median slope between letters of the line's first half and those of its second, in degrees (Theil–Sen): descenders do not count.</summary>
    private static double Slope(List<PixBox> line)
    {
        var every = Math.Max(1, line.Count / MostLetters);
        var some = line.Where((_, i) => i % every == 0).ToList();
        var half = some.Count / 2;
        var slopes = from left in some.Take(half)
                     from right in some.Skip(half)
                     where right.X > left.X
                     select Math.Atan2(right.Bottom - left.Bottom, right.X - left.X) * 180 / Math.PI;
        var ordered = slopes.Order().ToList();
        return ordered.Count == 0 ? 0 : ordered[ordered.Count / 2];
    }
}
