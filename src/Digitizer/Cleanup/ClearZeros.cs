using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Takes the dot out of dotted zeros, as typewriter faces have them: they are read as 6, 8 and 9.</summary>
internal sealed class ClearZeros : ICleanupStep
{
    private const double LeastHeightInXHeights = 1.1;
    private const double MostHeightInXHeights = 2;
    private const double LeastWidthShare = 0.4;
    private const double MostWidthShare = 0.95;
    private const double MostDotInXHeights = 0.5;
    private const double CornerShare = 0.12;
    private const double OffCentreShare = 0.15;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("zeros", false, "no text");
        }

        using var ink = page.Gray.Threshold(page.Levels.Limit);
        var marks = ink.Components();
        var dots = new BoxGrid(marks.Where(m => Math.Max(m.Width, m.Height) <= MostDotInXHeights * xHeight), (int)Math.Ceiling(xHeight));
        var inside = marks.Where(m => LooksLikeZero(m, xHeight)).SelectMany(zero => dots.Around(zero).Where(dot => IsAtCentre(dot, zero) && IsRound(ink, zero))).ToList();
        if (inside.Count > 0)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            inside.ForEach(dot => gray.Fill(dot.Grown(1), 255));
            page.Retouch(gray);
        }

        return new CleanupRecord("zeros", inside.Count > 0, FormattableString.Invariant($"{inside.Count} dots removed"));
    }

    private static bool LooksLikeZero(PixBox mark, double xHeight)
        => mark.Height >= LeastHeightInXHeights * xHeight && mark.Height <= MostHeightInXHeights * xHeight
            && mark.Width >= LeastWidthShare * mark.Height && mark.Width <= MostWidthShare * mark.Height;

    // A dot in a box is somebody's mark.
    private static bool IsRound(Pix ink, PixBox mark)
    {
        var corner = Math.Max(2, (int)(CornerShare * mark.Width));
        return IsEmpty(mark.X, mark.Y) && IsEmpty(mark.Right - corner, mark.Y) && IsEmpty(mark.X, mark.Bottom - corner) && IsEmpty(mark.Right - corner, mark.Bottom - corner);

        bool IsEmpty(int x, int y)
        {
            using var part = ink.Crop(new PixBox(x, y, corner, corner));
            return part.CountPixels() == 0;
        }
    }

    private static bool IsAtCentre(PixBox dot, PixBox zero)
        => dot.X > zero.X && dot.Right < zero.Right && dot.Y > zero.Y && dot.Bottom < zero.Bottom
            && Math.Abs((2 * dot.X) + dot.Width - (2 * zero.X) - zero.Width) <= 2 * OffCentreShare * zero.Width
            && Math.Abs((2 * dot.Y) + dot.Height - (2 * zero.Y) - zero.Height) <= 2 * OffCentreShare * zero.Height;
}
