using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes frames, table rules and underlines out of the working copy: the engine's layout analysis
/// drops text beside them, and reads them as letters.
/// </summary>
internal sealed class RemoveRules : ICleanupStep
{
    private const double LengthInXHeights = 6;
    private const int LeastLength = 80;
    private const double ShortInXHeights = 2.2;
    private const double ThickestInXHeights = 0.45;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("rules", false, "no text");
        }

        var length = Math.Max(LeastLength, (int)(xHeight * LengthInXHeights));
        var thickest = Math.Max(3, (int)(xHeight * ThickestInXHeights));
        using var ink = page.Gray.Threshold(page.Levels.Limit);
        using var across = Thin(ink.Open(length, 1), 1, thickest);
        using var down = Down(ink, across, length, (int)(xHeight * ShortInXHeights), thickest);
        var pixels = across.CountPixels() + down.CountPixels();
        if (pixels == 0)
        {
            return new CleanupRecord("rules", false, "none");
        }

        // Two pixels more on each side take the grey edge along.
        using var acrossWide = across.Dilate(3, 5);
        using var downWide = down.Dilate(5, 3);
        var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
        gray.Paint(acrossWide, 255);
        gray.Paint(downWide, 255);
        page.Retouch(gray);
        page.Rules.AddRange(across.Components().Select(box => new RuleLine(box, IsAcross: true)));
        page.Rules.AddRange(down.Components().Select(box => new RuleLine(box, IsAcross: false)));
        return new CleanupRecord("rules", true, FormattableString.Invariant($"{pixels} pixels of straight lines removed"));
    }

    /// <summary>Long vertical lines, and short ones that stand between two horizontal rules: sides of boxes for single letters.</summary>
    private static Pix Down(Pix ink, Pix across, int length, int shortest, int thickest)
    {
        using var upright = Thin(ink.Open(1, shortest), thickest, 1);
        using var seeds = upright.Open(1, length);
        using var tops = across.Dilate(3, 2 * thickest);
        using var touching = upright.And(tops);
        var sides = upright.Fill(seeds);
        foreach (var side in upright.Components().Where(box => box.Height < length && TouchesTwice(box, touching, shortest)))
        {
            sides.CopyFrom(upright, side);
        }

        return sides;
    }

    private static bool TouchesTwice(PixBox side, Pix touching, int shortest)
    {
        using var part = touching.Crop(side);
        var spots = part.Components();
        return spots.Any(s => s.Y < shortest / 2) && spots.Any(s => s.Bottom > side.Height - (shortest / 2));
    }

    /// <summary>Without whatever is thicker than a rule: bars, photographs, seals of solid ink.</summary>
    private static Pix Thin(Pix lines, int width, int height)
    {
        using (lines)
        {
            using var thick = lines.Open(width == 1 ? 1 : width + 1, height == 1 ? 1 : height + 1);
            return lines.Subtract(thick);
        }
    }
}
