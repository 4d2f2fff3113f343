using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Measures a page before anything is done to it.</summary>
internal static class Measures
{
    private const int Side = 400;
    private const int Tile = 25;

    /// <summary>Share of ink, 0–1.</summary>
    public static double InkShare(PageInk ink) => ink.Binary.CountPixels() / ((double)ink.Binary.Width * ink.Binary.Height);

    /// <summary>Paper, contrast and colour, as the page came.</summary>
    public static PageQuality OfLight(WorkingPage page)
    {
        var scale = Math.Min(1, (double)Side / Math.Max(page.Gray.Width, page.Gray.Height));
        using var small = page.Gray.Scale(scale, scale);
        var pixels = small.ToBytes();
        var papers = TilePapers(pixels, small.Width, small.Height);
        var paper = Percentile(papers, 0.5);
        return new PageQuality
        {
            Background = paper,
            BackgroundSpread = Percentile(papers, 0.9) - Percentile(papers, 0.1),
            Contrast = paper - Percentile(pixels, 0.02),
            Color = ColorShare(page.Source.Pixels),
        };
    }

    /// <summary>The bright level of each tile: paper wherever any shows.</summary>
    private static byte[] TilePapers(byte[] pixels, int width, int height)
    {
        var papers = new List<byte>();
        for (var top = 0; top + Tile <= height; top += Tile)
        {
            for (var left = 0; left + Tile <= width; left += Tile)
            {
                var tile = new byte[Tile * Tile];
                for (var y = 0; y < Tile; y++)
                {
                    pixels.AsSpan(((top + y) * width) + left, Tile).CopyTo(tile.AsSpan(y * Tile));
                }

                papers.Add((byte)Percentile(tile, 0.9));
            }
        }

        return papers.Count == 0 ? pixels : [.. papers];
    }

    private static double Percentile(byte[] values, double share)
    {
        var counts = new int[256];
        foreach (var value in values)
        {
            counts[value]++;
        }

        var rest = share * values.Length;
        for (var level = 0; level < 256; level++)
        {
            rest -= counts[level];
            if (rest <= 0)
            {
                return level;
            }
        }

        return 255;
    }

    /// <summary>Share of clearly coloured pixels, 0–1.</summary>
    public static double ColorShare(Pix pixels)
    {
        if (pixels.Depth != 32)
        {
            return 0;
        }

        var scale = Math.Min(1, (double)Side / Math.Max(pixels.Width, pixels.Height));
        using var small = pixels.Scale(scale, scale);
        var rgb = small.ToBytes();
        var coloured = 0;
        for (var i = 0; i < rgb.Length; i += 3)
        {
            var most = Math.Max(rgb[i], Math.Max(rgb[i + 1], rgb[i + 2]));
            var least = Math.Min(rgb[i], Math.Min(rgb[i + 1], rgb[i + 2]));
            coloured += most - least > 50 ? 1 : 0;
        }

        return coloured * 3.0 / rgb.Length;
    }
}
