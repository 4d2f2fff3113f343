using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes crumbs of toner and dust out of pages that are strewn with them. A dot near a letter may be its mark or a full stop and
/// stays, unless it is far smaller than any dot of the type.
/// </summary>
internal sealed class Despeckle : ICleanupStep
{
    private const double CrumbInXHeights = 0.12;
    private const double SpeckInXHeights = 0.28;
    private const double NearInXHeights = 0.7;
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
        var specks = marks.Where(m => Size(m) <= SpeckInXHeights * xHeight && (Size(m) <= CrumbInXHeights * xHeight || !near.HasOneNear(m))).ToList();
        var apply = specks.Count >= FewestSpecks && specks.Count >= SpecksALetter * letters.Count;
        if (apply)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            specks.ForEach(speck => gray.Fill(speck, 255));
            page.Retouch(gray);
        }

        return new CleanupRecord("despeckle", apply, FormattableString.Invariant($"{specks.Count} specks beside {letters.Count} letters"));
    }

    private static int Size(PixBox mark) => Math.Max(mark.Width, mark.Height);
}
