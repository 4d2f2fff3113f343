using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Whitens what is paler than the print and no part of it: grain of the paper, the other side of the sheet, patterns of fine
/// lines. Up to the ink's limit nothing changes; from there to the paper the contrast is stretched, so that no stroke gets thinner.
/// What is pale and can be read stays: a form printed in light ink.
/// </summary>
internal sealed class SuppressPale(TrialReading read) : ICleanupStep
{
    private const double EdgeInXHeights = 0.15;
    private const int LeastEdge = 2;

    private const double SureTrial = 75;

    // Writing on the other side; seen of it is what lies between the lines of this one.
    private const int FewestLetters = 100;
    private const double DensestWriting = 0.15;
    private const double LeastOfLetters = 0.8;

    private static readonly InkLevels PaleInk = new(225, null);

    // Where nothing paler was seen: this share of the way from the ink's limit to the paper is still the edge of a stroke.
    private const double EdgeShare = 0.7;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            return new CleanupRecord("pale-marks", false, "bitonal");
        }

        var limit = page.Levels.Limit;
        if (page.Levels.Pale is not { } pale)
        {
            var white = limit + (int)((255 - limit) * EdgeShare);
            page.Retouch(Stretched(page.Gray, limit, white));
            return new CleanupRecord("pale-marks", true, FormattableString.Invariant($"print below {limit}, white from {white}"));
        }

        var edge = Math.Max(LeastEdge, (int)(page.XHeight * EdgeInXHeights));
        using var dark = page.Gray.Threshold(limit);
        using var near = dark.Dilate((2 * edge) + 1, (2 * edge) + 1);
        var (reading, isWriting) = ReadPale(page.Gray, near);
        if (reading >= SureTrial)
        {
            page.Levels = new InkLevels((pale + 255) / 2, null);
            return new CleanupRecord("pale-marks", false, FormattableString.Invariant($"pale print, read {reading:f0}"));
        }

        page.Quality = page.Quality with { BleedThrough = isWriting ? 255 - pale : 0 };
        var gray = Stretched(page.Gray, limit, pale);
        using var far = near.Inverted();
        gray.Paint(far, 255);
        page.Retouch(gray);
        return new CleanupRecord("pale-marks", true, FormattableString.Invariant($"print below {limit}, white from {pale} and away from print; what was whitened read {reading:f0}"));
    }

    /// <summary>How well the pale marks read, and whether they look like writing at all.</summary>
    private (double Reading, bool IsWriting) ReadPale(Pix gray, Pix nearPrint)
    {
        using var pale = gray.Crop(new PixBox(0, 0, gray.Width, gray.Height));
        pale.Paint(nearPrint, 255);
        using var ink = PageInk.Of(pale, PaleInk);
        if (!TextAxis.HasText(ink))
        {
            return (0, false);
        }

        using var band = pale.Crop(TextAxis.DensestBand(ink, gray.Width, gray.Height));
        return (read(band), LooksWritten(ink));
    }

    /// <summary>Many marks of the size of letters, on little of the page, that hang on nothing long. Patterns are denser, stripes and folds longer.</summary>
    private static bool LooksWritten(PageInk ink)
    {
        var all = (double)ink.Binary.CountPixels();
        return ink.Letters.Count >= FewestLetters
            && all <= DensestWriting * ink.Binary.Width * ink.Binary.Height
            && ink.TextOnly.CountPixels() >= LeastOfLetters * all;
    }

    private static Pix Stretched(Pix gray, int limit, int white)
    {
        var levels = gray.ToBytes();
        var map = Enumerable.Range(0, 256).Select(v => (byte)(v <= limit ? v : Math.Min(255, limit + ((v - limit) * (255 - limit) / Math.Max(1, white - limit))))).ToArray();
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = map[levels[i]];
        }

        return Pix.FromGray(levels, gray.Width, gray.Height);
    }
}
