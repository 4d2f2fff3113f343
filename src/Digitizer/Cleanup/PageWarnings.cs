using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>What endangers the reading of a page, told from its measures. Ordinary office scans lie far on the safe side of every limit.</summary>
internal static class PageWarnings
{
    private const double LeastDpi = 195;
    private const double LeastXHeight = 12;
    private const double TagDeviation = 0.1;

    // Of the paper's level. Print has 0.6 and more, worn ribbons 0.5, what is called faint 0.3.
    private const double LeastContrast = 0.4;

    // Grey levels. Coloured and recycled paper scans at 160 and more.
    private const double DarkestPaper = 120;

    // Grey levels. Scanners stay below 20, photographs with a shadow lie above 50.
    private const double MostSpread = 40;

    // Degrees. Sheet feeders stay below 2.
    private const double MostSkew = 3;

    // A letter. Clean pages have hardly any; copies of copies have one and more.
    private const double MostSpecks = 0.5;

    /// <summary>Ids of <see cref="PageWarning"/>, each once.</summary>
    /// <param name="quality">The page's measures.</param>
    /// <param name="dpi">True resolution of the stored picture.</param>
    /// <param name="isBlank">Nothing is to be read: only the picture itself can be wrong.</param>
    /// <param name="page">The page as decoded.</param>
    public static IReadOnlyList<string> Of(PageQuality quality, double dpi, bool isBlank, DecodedPage page)
    {
        var warnings = OfPicture(dpi, page);
        if (!isBlank)
        {
            warnings.AddRange(OfPaper(quality));
            warnings.AddRange(Resolution.AreLetters(quality, dpi) ? OfPrint(quality) : []);
        }

        return page.Damaged ? [.. warnings, PageWarning.Damaged] : warnings;
    }

    private static List<string> OfPicture(double dpi, DecodedPage page) => Where(
        (dpi < LeastDpi, PageWarning.LowResolution),
        (page.Resolution.Dpi > 0 && !Resolution.IsUnset(page.Resolution.Dpi) && Math.Abs(page.Resolution.Dpi - dpi) > TagDeviation * dpi, PageWarning.WrongTag));

    private static List<string> OfPaper(PageQuality quality) => Where(
        (quality.Background < DarkestPaper, PageWarning.Dark),
        (quality.BackgroundSpread > MostSpread, PageWarning.Uneven),
        (Math.Abs(quality.Skew) >= MostSkew, PageWarning.Skewed),
        (quality.BleedThrough > 0, PageWarning.BleedThrough));

    private static List<string> OfPrint(PageQuality quality) => Where(
        (quality.XHeight < LeastXHeight, PageWarning.SmallLetters),
        (quality.Contrast is > 0 and var contrast && contrast < LeastContrast * quality.Background, PageWarning.Faint),
        (quality.Specks > MostSpecks, PageWarning.Dirty));

    private static List<string> Where(params ReadOnlySpan<(bool Is, string Id)> warnings)
    {
        var found = new List<string>();
        foreach (var (isSo, id) in warnings)
        {
            if (isSo)
            {
                found.Add(id);
            }
        }

        return found;
    }
}
