using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>Separates a colour page into paper and inks.</summary>
internal static class CompactSeparation
{
    private const double TileInch = 1.0 / 12;
    private const int LeastDpi = 140;

    /// <summary>Separates a page.</summary>
    /// <param name="colour">32 bits a pixel.</param>
    /// <param name="dpi">True pixels an inch.</param>
    public static CompactOutcome Separate(Pix colour, double dpi)
    {
        if (dpi < LeastDpi)
        {
            return new CompactOutcome(null, "the resolution is too low to part strokes from paper");
        }

        var page = ColourPlane.Of(colour);
        var map = PaperMap.Measure(page, Math.Max(4, (int)Math.Round(TileInch * dpi)));
        var ink = InkMap.Find(page, map, dpi);
        var (inks, count) = new InkSorter(ink, dpi).Sort();
        var colours = Enumerable.Range(0, count).Select(number => InkColour.Of(page, ink, inks, (byte)number)).ToArray();
        var picture = Paper.Picture(page, ink, map, dpi);
        var fit = FitCheck.Measure(page, picture, inks, colours);
        if (fit.Reason is { } reason)
        {
            return new CompactOutcome(null, reason);
        }

        var layers = Enumerable.Range(0, count).Select(number => Layer(inks, (byte)number, colours[number], page)).OfType<InkLayer>().ToList();
        var compact = new CompactPage(Paper.Keep(picture), layers);
        return FitCheck.IsSmall(compact, page, dpi) ? new CompactOutcome(compact, null) : new CompactOutcome(null, "the layers are not small: a pattern or noise all over the page");
    }

    private static InkLayer? Layer(byte[] inks, byte number, Rgb colour, ColourPlane page)
    {
        var stride = (page.Width + 7) / 8;
        var rows = new byte[stride * page.Height];
        var any = false;
        for (var at = 0; at < inks.Length; at++)
        {
            if (inks[at] == number)
            {
                var x = at % page.Width;
                rows[(at / page.Width * stride) + (x / 8)] |= (byte)(0x80 >> (x % 8));
                any = true;
            }
        }

        if (!any)
        {
            return null;
        }

        using var mask = Pix.FromBits(rows, page.Width, page.Height);
        var (image, bytes) = ImageCodes.Lossless(mask);
        return new InkLayer(colour, image, bytes);
    }
}
