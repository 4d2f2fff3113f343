using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>Separates a grey or colour page into paper and inks.</summary>
internal static class CompactSeparation
{
    private const double TileInch = 1.0 / 12;
    private const int LeastDpi = 140;

    /// <summary>Separates a page.</summary>
    /// <param name="pix">8 bits a pixel, or 32.</param>
    /// <param name="dpi">True pixels an inch.</param>
    public static CompactOutcome Separate(Pix pix, double dpi)
    {
        if (dpi < LeastDpi)
        {
            return new CompactOutcome(null, "the resolution is too low to part strokes from paper");
        }

        var page = ColourPlane.Of(pix);
        var map = PaperMap.Measure(page, Math.Max(4, (int)Math.Round(TileInch * dpi)));
        var ink = InkMap.Find(page, map, dpi);
        var (inks, count) = new InkSorter(ink, dpi).Sort();
        var colours = Enumerable.Range(0, count).Select(number => InkColour.Of(page, ink, inks, (byte)number)).ToArray();
        var nearInk = Paper.NearInk(ink, dpi);
        var picture = Paper.Picture(page, nearInk, map, dpi);
        var fit = FitCheck.Measure(page, picture, inks, colours);
        if (fit.Reason is { } reason)
        {
            return new CompactOutcome(null, reason);
        }

        var background = Paper.Keep(picture);
        if (new LostPrint(page, nearInk, background, dpi).IsThere())
        {
            return new CompactOutcome(null, "print that is lighter than its ground or fainter than ink, and would be lost with the paper");
        }

        var scale = Stencils.ScaleOf(page.Width, page.Height, dpi);
        var layers = new Stencils(ink, inks).Draw(count, scale).Zip(colours, (rows, colour) => Layer(rows, colour, scale * page.Width, scale * page.Height)).OfType<InkLayer>().ToList();
        var compact = new CompactPage(background, layers);
        return FitCheck.IsSmall(compact, page, dpi) ? new CompactOutcome(compact, null) : new CompactOutcome(null, "the layers are not small: a pattern or noise all over the page");
    }

    private static InkLayer? Layer(byte[] rows, Rgb colour, int width, int height)
    {
        if (rows.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            return null;
        }

        using var mask = Pix.FromBits(rows, width, height);
        var (image, bytes) = ImageCodes.Lossless(mask);
        return new InkLayer(colour, image, bytes, rows);
    }
}
