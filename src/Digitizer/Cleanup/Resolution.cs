using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>
/// The true resolution of a page. The file's own word is one witness among three: it must agree with
/// the size of the paper and of the letters, as cameras say 72 and converters say anything.
/// </summary>
internal static class Resolution
{
    private const double A4Width = 8.27;
    private const double A4Height = 11.69;
    private const double XHeightOfUsualType = 5.9 / 72;
    private static readonly double[] Usual = [100, 150, 200, 240, 300, 400, 600];

    /// <summary>Pixels an inch of the stored picture, its pixels made square.</summary>
    /// <param name="page">The page.</param>
    /// <param name="xHeight">Height of letters without ascender in such pixels, 0 if there is no text.</param>
    public static double Estimate(WorkingPage page, double xHeight)
    {
        var (width, height) = (page.Source.Image.Width * page.Source.Resolution.Stretch.X, page.Source.Image.Height * page.Source.Resolution.Stretch.Y);
        var tagged = page.Source.Resolution.Dpi;
        if (Plausible(tagged, width, height, xHeight))
        {
            return tagged;
        }

        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        var byPaper = Math.Min(shorter / A4Width, longer / A4Height);
        if (xHeight == 0)
        {
            return Snap(byPaper);
        }

        // Letters of 9 to 22 points: outside of that the sheet is not A4, and the letters decide.
        var byText = xHeight / XHeightOfUsualType;
        return byPaper > byText * 0.6 && byPaper < byText * 1.5 ? Snap(byPaper) : Snap(byText);
    }

    /// <summary>What the operator should know about the resolution.</summary>
    public static IReadOnlyList<string> Warnings(double dpi, double xHeight, DecodedPage page)
    {
        var warnings = new List<string>();
        if (dpi < 195)
        {
            warnings.Add(PageWarning.LowResolution);
        }

        if (xHeight is > 0 and < 12)
        {
            warnings.Add(PageWarning.SmallLetters);
        }

        if (page.Resolution.Dpi > 0 && Math.Abs(page.Resolution.Dpi - dpi) > 0.1 * dpi)
        {
            warnings.Add(PageWarning.WrongTag);
        }

        if (page.Damaged)
        {
            warnings.Add(PageWarning.Damaged);
        }

        return warnings;
    }

    private static bool Plausible(double dpi, double width, double height, double xHeight)
    {
        if (dpi is < 50 or > 2400)
        {
            return false;
        }

        var (shorter, longer) = (Math.Min(width, height) / dpi, Math.Max(width, height) / dpi);
        var letters = xHeight / dpi * 72;
        return shorter >= 1.5 && longer <= 48 && (xHeight == 0 || letters is > 2.5 and < 16);
    }

    private static double Snap(double dpi)
    {
        var nearest = Usual.MinBy(usual => Math.Abs(usual - dpi));
        return Math.Abs(nearest - dpi) <= 0.03 * nearest ? nearest : Math.Round(dpi);
    }
}
