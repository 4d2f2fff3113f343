using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Whitens what is paler than the print and no part of it: grain of the paper, the other side of the sheet, patterns of fine
/// lines. Up to the ink's limit nothing changes; from there to the paper the contrast is stretched, so that no stroke gets thinner.
/// </summary>
internal sealed class SuppressPale : ICleanupStep
{
    private const double EdgeInXHeights = 0.15;
    private const int LeastEdge = 2;

    // Where nothing paler was seen: this share of the way from the ink's limit to the paper is still the edge of a stroke.
    private const double EdgeShare = 0.7;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            return new CleanupRecord("pale-marks", false, "bitonal");
        }

        var limit = page.Levels.Limit;
        var white = page.Levels.Pale ?? limit + (int)((255 - limit) * EdgeShare);
        var gray = Stretched(page.Gray, limit, white);
        if (page.Levels.Pale is not null)
        {
            var edge = Math.Max(LeastEdge, (int)(page.XHeight * EdgeInXHeights));
            using var dark = page.Gray.Threshold(limit);
            using var near = dark.Dilate((2 * edge) + 1, (2 * edge) + 1);
            using var far = near.Inverted();
            gray.Paint(far, 255);
        }

        page.Retouch(gray);
        return new CleanupRecord("pale-marks", true, FormattableString.Invariant($"print below {limit}, white from {white}{(page.Levels.Pale is null ? "" : ", away from print everywhere")}"));
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
