using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Shares of a page.</summary>
internal static class Measures
{
    private const int Side = 400;

    /// <summary>Share of ink, 0–1.</summary>
    public static double InkShare(PageInk ink) => ink.Binary.CountPixels() / ((double)ink.Binary.Width * ink.Binary.Height);

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
