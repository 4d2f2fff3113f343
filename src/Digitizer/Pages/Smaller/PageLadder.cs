using Digitizer.Native;

namespace Digitizer.Pages.Smaller;

/// <summary>
/// Makes a page's picture fit into a number of bytes: from rung to rung coarser and of lower quality, no further than what is still read well
/// (rule PDF-TUNE of docs/failures.md).
/// </summary>
internal static class PageLadder
{
    /// <summary>No picture gets coarser than this.</summary>
    public const double LeastDpi = 200;

    /// <summary>No picture gets a lower quality than this.</summary>
    public const int LeastQuality = 40;

    // Each rung takes a twentieth to a third off the one before. Measured: see docs/decisions/0021-delivery-copies.md.
    private static readonly Rung[] Toned =
    [
        new(300, 92), new(300, 85), new(300, 75), new(275, 75), new(250, 75), new(225, 75), new(225, 70), new(200, 70),
        new(200, 65), new(200, 60), new(200, 55), new(200, 50), new(200, 45), new(LeastDpi, LeastQuality),
    ];

    // A line of one pixel that falls between two larger ones covers half of its share of each; it must not vanish.
    private const double LeastInk = 0.45;

    private static readonly Rung[] Bitonal = [new(300, null), new(275, null), new(250, null), new(225, null), new(LeastDpi, null)];

    /// <summary>The first rung on which the picture has at most so many bytes; the last one if it has on none.</summary>
    /// <param name="pixels">1, 8 or 32 bits a pixel.</param>
    /// <param name="dpi">True pixels an inch.</param>
    /// <param name="most">Bytes.</param>
    public static SmallerPage Fit(Pix pixels, double dpi, long most)
    {
        var rungs = RungsBelow(pixels, dpi);

        // Sizes fall from rung to rung: bisect.
        var (low, high) = (0, rungs.Count - 1);
        SmallerPage? fitting = null;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var tried = Code(pixels, dpi, rungs[middle]);
            (low, high, fitting) = tried.Bytes.Length <= most ? (low, middle, tried) : (middle + 1, high, fitting);
        }

        return fitting?.Rung == rungs[low] ? fitting : Code(pixels, dpi, rungs[low]);
    }

    /// <summary>Rungs that make this picture no finer than it is, each once.</summary>
    private static List<Rung> RungsBelow(Pix pixels, double dpi)
        => [.. (pixels.Depth == 1 ? Bitonal : Toned).Select(rung => rung with { Dpi = Math.Min(rung.Dpi, dpi) }).Distinct()];

    private static SmallerPage Code(Pix pixels, double dpi, Rung rung)
    {
        using var scaled = rung.Dpi < dpi ? Shrink(pixels, rung.Dpi / dpi) : null;
        var page = scaled ?? pixels;
        if (rung.Quality is not { } quality)
        {
            var (lossless, coded) = ImageCodes.Lossless(page);
            return new SmallerPage(lossless, rung, coded);
        }

        var jpeg = page.ToJpeg(quality);
        return new SmallerPage(ImageCodes.Jpeg(jpeg, JpegHeader.Read(jpeg, PageLimits.Default), isSourceFile: false), rung, jpeg);
    }

    private static Pix Shrink(Pix pixels, double factor)
    {
        var shrunk = pixels.Shrink(factor, factor);
        if (pixels.Depth > 1)
        {
            return shrunk;
        }

        using (shrunk)
        {
            return shrunk.Threshold((int)(byte.MaxValue * (1 - (LeastInk * factor))));
        }
    }
}
