namespace Digitizer.Pages.Compact;

/// <summary>The colour that an ink is painted in.</summary>
internal static class InkColour
{
    private const int Levels = 256;

    /// <summary>The mean of the half of its pixels that stands out most: edges, where paper shines through, would make it pale.</summary>
    /// <param name="page">The page.</param>
    /// <param name="ink">Its ink.</param>
    /// <param name="inks">By pixel, the number of its ink.</param>
    /// <param name="number">The ink.</param>
    public static Rgb Of(ColourPlane page, InkMap ink, byte[] inks, byte number)
    {
        var counts = new int[Levels];
        for (var at = 0; at < inks.Length; at++)
        {
            counts[ink.Contrast[at]] += inks[at] == number ? 1 : 0;
        }

        var (half, least) = (counts.Sum() / 2, Levels - 1);
        for (var above = 0; least > 0 && (above += counts[least]) < half; least--)
        {
        }

        var (red, green, blue, count) = (0L, 0L, 0L, 0);
        for (var at = 0; at < inks.Length; at++)
        {
            if (inks[at] == number && ink.Contrast[at] >= least)
            {
                (red, green, blue, count) = (red + page.Samples[3 * at], green + page.Samples[(3 * at) + 1], blue + page.Samples[(3 * at) + 2], count + 1);
            }
        }

        return count == 0 ? default : new Rgb((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }
}
