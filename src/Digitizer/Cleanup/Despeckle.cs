using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes crumbs of toner and dust out of pages that are strewn with them. A dot near a letter may be its mark or a full stop and
/// stays, unless it is far smaller than any dot of the type, or floats alone between letters where no type has a dot.
/// </summary>
internal sealed class Despeckle : ICleanupStep
{
    private const double CrumbInXHeights = 0.12;
    private const double SpeckInXHeights = 0.28;
    private const double NearInXHeights = 0.7;
    private const double BesideInXHeights = 3;
    private const double DotInXHeights = 0.65;
    private const double SlantInXHeights = 0.3;
    private const double MarkReachInXHeights = 0.1;
    private const double FloatingInXHeights = 0.22;
    private const double BodyInXHeights = 0.95;
    private const double LeastLetterInXHeights = 0.6;
    private const double SpecksALetter = 0.15;
    private const int FewestSpecks = 100;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("despeckle", false, "no text");
        }

        using var ink = page.Gray.Threshold(page.Levels.Limit);
        var marks = ink.Components();
        var letters = marks.Where(m => m.Height >= LeastLetterInXHeights * xHeight).ToList();
        var near = new NearBoxes(letters, (int)Math.Ceiling(NearInXHeights * xHeight));
        var beside = new NearBoxes(letters, (int)Math.Ceiling(BesideInXHeights * xHeight));
        var dots = new NearBoxes(marks.Where(m => Size(m) <= DotInXHeights * xHeight), (int)Math.Ceiling(xHeight));
        var specks = marks.Where(m => Size(m) <= SpeckInXHeights * xHeight
            && (Size(m) <= CrumbInXHeights * xHeight || !near.Near(m).Any() || Floats(m, near, beside, dots, xHeight))).ToList();
        var apply = specks.Count >= FewestSpecks && specks.Count >= SpecksALetter * letters.Count;
        page.Quality = page.Quality with { Specks = specks.Count / (double)Math.Max(1, letters.Count), StrokeWidth = StrokeWidth.Of(ink) / page.Scale };
        if (apply)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            specks.ForEach(speck => gray.Fill(speck, 255));
            page.Retouch(gray);
        }

        return new CleanupRecord("despeckle", apply, FormattableString.Invariant($"{specks.Count} specks beside {letters.Count} letters"));
    }

    /// <summary>Neither over nor under a letter, nor on the baseline as a full stop, nor half of a colon.</summary>
    private static bool Floats(PixBox dot, NearBoxes near, NearBoxes beside, NearBoxes dots, double xHeight)
    {
        if (near.Near(dot).Any(letter => Overlap(letter, dot, MarkReachInXHeights * xHeight)) || dots.Near(dot).Any(other => other != dot && Overlap(other, dot, SlantInXHeights * xHeight)))
        {
            return false;
        }

        // Letters with descenders end lower: the highest foot is the baseline.
        var feet = beside.Near(dot).Where(letter => letter.Y <= dot.Y && letter.Bottom >= dot.Bottom).Select(letter => letter.Bottom).ToList();
        return feet.Count > 1 && feet.Min() - dot.Bottom >= FloatingInXHeights * xHeight && feet.Min() - dot.Y <= BodyInXHeights * xHeight;
    }

    private static bool Overlap(PixBox a, PixBox b, double reach) => a.X - reach < b.Right && b.X < a.Right + reach;

    private static int Size(PixBox mark) => Math.Max(mark.Width, mark.Height);
}
