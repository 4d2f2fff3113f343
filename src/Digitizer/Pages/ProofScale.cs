namespace Digitizer.Pages;

/// <summary>How finely pages are compared: the same rule for the source's thumbnail and for the rendering of the finished page.</summary>
internal static class ProofScale
{
    private const double Usual = 60;

    // A receipt of 5 × 8 cm would have lines of two pixels at the usual scale, a poster millions of pixels.
    private const double LeastPixels = 480 * 340;
    private const double MostPixels = 1_500_000;

    /// <summary>Pixels an inch at which a page is compared: 60 from A5 to A2, finer for smaller pages, coarser for larger.</summary>
    /// <param name="width">Of the page in inches.</param>
    /// <param name="height">Of the page in inches.</param>
    public static double PixelsPerInch(double width, double height)
    {
        var area = width * height;
        return Math.Clamp(Usual, Math.Sqrt(LeastPixels / area), Math.Max(Math.Sqrt(MostPixels / area), Math.Sqrt(LeastPixels / area)));
    }
}
