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

    // x-heights of print, in points.
    private const double LeastPoints = 2.5;
    private const double MostPoints = 16;

    // Bold type has three and a half.
    private const double StrokesInXHeight = 2.7;

    // Inches: A3, A4, A5.
    private static readonly (double Shorter, double Longer)[] UsualSheets = [(A4Height, 2 * A4Width), (A4Width, A4Height), (A4Height / 2, A4Width)];
    private const double SheetDeviation = 0.02;

    private static readonly double[] Unset = [72, 96];

    private static readonly double[] Usual = [100, 150, 200, 240, 300, 400, 600];

    /// <summary>Pixels an inch of the stored picture, its pixels made square.</summary>
    /// <param name="page">The page.</param>
    /// <param name="xHeight">Height of letters without ascender in such pixels, 0 if there is no text.</param>
    public static double Estimate(WorkingPage page, double xHeight)
    {
        var (width, height) = SizeOf(page);
        var tagged = page.Source.Resolution.Dpi;
        return tagged > 0 && !IsUnset(tagged) && IsUsualSheet(Math.Min(width, height) / tagged, Math.Max(width, height) / tagged) ? tagged : ByMarks(page, xHeight);
    }

    /// <summary>The same where the size of the sheet is no witness: what the engine is told, which judges the size of marks by it, whatever they are.</summary>
    /// <param name="page">The page.</param>
    /// <param name="xHeight">Height of what was measured as letters, in pixels of the stored picture made square; 0 if there are none.</param>
    public static double ByMarks(WorkingPage page, double xHeight)
    {
        var (width, height) = SizeOf(page);
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

    /// <summary>Whether what was measured as letters can be letters: no type is smaller, and none has strokes so thick for its height.</summary>
    /// <param name="quality">The page's measures.</param>
    /// <param name="dpi">True resolution of the stored picture.</param>
    public static bool AreLetters(PageQuality quality, double dpi)
        => AreLetters(quality.XHeight, quality.StrokeWidth) && quality.XHeight / dpi * 72 > LeastPoints;

    /// <summary>Whether what was measured as letters has the strokes of letters. On large type, marks and parts of letters are taken for letters.</summary>
    /// <param name="xHeight">In pixels; 0: there are no letters.</param>
    /// <param name="strokeWidth">In the same pixels; 0 if it was not measured.</param>
    public static bool AreLetters(double xHeight, double strokeWidth) => xHeight > 0 && xHeight >= StrokesInXHeight * strokeWidth;

    /// <summary>Whether a tag says what cameras and programs write that know nothing of the resolution: 72 or 96.</summary>
    /// <param name="tagged">Pixels an inch.</param>
    public static bool IsUnset(double tagged) => Array.Exists(Unset, dpi => Math.Abs(tagged - dpi) < 0.5);

    private static (double Width, double Height) SizeOf(WorkingPage page)
        => (page.Source.Image.Width * page.Source.Resolution.Stretch.X, page.Source.Image.Height * page.Source.Resolution.Stretch.Y);

    private static bool Plausible(double dpi, double width, double height, double xHeight)
    {
        if (dpi is < 50 or > 2400)
        {
            return false;
        }

        var (shorter, longer) = (Math.Min(width, height) / dpi, Math.Max(width, height) / dpi);
        var letters = xHeight / dpi * 72;
        return shorter >= 1.5 && longer <= 48 && (xHeight == 0 || (letters > LeastPoints && letters < MostPoints));
    }

    private static bool IsUsualSheet(double shorter, double longer)
        => UsualSheets.Any(sheet => Math.Abs(shorter - sheet.Shorter) < SheetDeviation * sheet.Shorter && Math.Abs(longer - sheet.Longer) < SheetDeviation * sheet.Longer);

    private static double Snap(double dpi)
    {
        var nearest = Usual.MinBy(usual => Math.Abs(usual - dpi));
        return Math.Abs(nearest - dpi) <= 0.03 * nearest ? nearest : Math.Max(1, Math.Round(dpi));
    }
}
