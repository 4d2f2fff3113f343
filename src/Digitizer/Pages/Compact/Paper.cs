using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>Makes the picture of the paper: coarse, and filled in from around where there is ink, so that no halo is left.</summary>
internal static class Paper
{
    private const double Dpi = 75;
    private const int Quality = 40;

    // Pixels that ink's edges reach, in inches.
    private const double HaloInch = 1.0 / 120;

    // A cell says what the paper is like if so much of it is free of ink.
    private const double LeastFree = 0.2;

    // Paper whose cells are so near to their mean, but for a few, is of one colour.
    private const int Even = 2;
    private const double Exceptions = 0.002;

    /// <summary>The picture, as colours.</summary>
    /// <param name="page">The page.</param>
    /// <param name="nearInk">As of <see cref="NearInk"/>.</param>
    /// <param name="map">Its paper.</param>
    /// <param name="dpi">Its resolution.</param>
    public static ColourPlane Picture(ColourPlane page, bool[] nearInk, PaperMap map, double dpi)
    {
        var cell = Math.Max(1, (int)Math.Round(dpi / Dpi));
        var (width, height) = (((page.Width - 1) / cell) + 1, ((page.Height - 1) / cell) + 1);
        var (sums, counts) = (new float[3 * width * height], new int[width * height]);
        for (var at = 0; at < nearInk.Length; at++)
        {
            if (nearInk[at])
            {
                continue;
            }

            var i = (at / page.Width / cell * width) + (at % page.Width / cell);
            counts[i]++;
            for (var c = 0; c < 3; c++)
            {
                sums[(3 * i) + c] += page.Samples[(3 * at) + c];
            }
        }

        return Filled(sums, counts, new ColourPlane(width, height, new byte[sums.Length]), (cell, page.Width, page.Height), map);
    }

    /// <summary>The picture as it is kept.</summary>
    public static CompactBackground Keep(ColourPlane picture)
    {
        var sums = new long[3];
        for (var i = 0; i < picture.Samples.Length; i++)
        {
            sums[i % 3] += picture.Samples[i];
        }

        var pixels = picture.Width * picture.Height;
        var mean = new Rgb((byte)(sums[0] / pixels), (byte)(sums[1] / pixels), (byte)(sums[2] / pixels));
        var uneven = 0;
        for (var i = 0; i < pixels; i++)
        {
            var (red, green, blue) = (picture.Samples[3 * i] - mean.R, picture.Samples[(3 * i) + 1] - mean.G, picture.Samples[(3 * i) + 2] - mean.B);
            uneven += Math.Max(Math.Abs(red), Math.Max(Math.Abs(green), Math.Abs(blue))) > Even ? 1 : 0;
        }

        if (uneven <= Exceptions * pixels)
        {
            return new CompactBackground(picture.Width, picture.Height, mean, null);
        }

        using var pix = Pix.FromRgb(picture.Samples, picture.Width, picture.Height);
        return new CompactBackground(picture.Width, picture.Height, mean, pix.ToJpeg(Quality));
    }

    /// <summary>By pixel: ink, and what its edges reach.</summary>
    /// <param name="ink">The ink.</param>
    /// <param name="dpi">Its resolution.</param>
    public static bool[] NearInk(InkMap ink, double dpi)
    {
        var pixels = Math.Max(1, (int)Math.Round(HaloInch * dpi));
        var (across, both) = (new bool[ink.IsInk.Length], new bool[ink.IsInk.Length]);
        for (var at = 0; at < across.Length; at++)
        {
            if (!ink.IsInk[at])
            {
                continue;
            }

            var x = at % ink.Width;
            across.AsSpan(at - Math.Min(pixels, x), Math.Min(pixels, x) + 1 + Math.Min(pixels, ink.Width - 1 - x)).Fill(true);
        }

        for (var at = 0; at < across.Length; at++)
        {
            for (var row = -pixels; across[at] && row <= pixels; row++)
            {
                var other = at + (row * ink.Width);
                if (other >= 0 && other < both.Length)
                {
                    both[other] = true;
                }
            }
        }

        return both;
    }

    private static ColourPlane Filled(float[] sums, int[] counts, ColourPlane picture, (int Cell, int Width, int Height) page, PaperMap map)
    {
        var colour = new float[3 * page.Width];
        for (var y = 0; y < picture.Height; y++)
        {
            map.Row(Math.Min((y * page.Cell) + (page.Cell / 2), page.Height - 1), colour);
            for (var x = 0; x < picture.Width; x++)
            {
                var i = (y * picture.Width) + x;
                var middle = Math.Min((x * page.Cell) + (page.Cell / 2), page.Width - 1);
                var isFree = counts[i] >= LeastFree * page.Cell * page.Cell;
                for (var c = 0; c < 3; c++)
                {
                    picture.Samples[(3 * i) + c] = (byte)Math.Clamp((isFree ? sums[(3 * i) + c] / counts[i] : colour[(3 * middle) + c]) + 0.5f, 0, 255);
                }
            }
        }

        return picture;
    }
}
