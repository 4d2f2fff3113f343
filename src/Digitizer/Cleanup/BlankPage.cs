using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Whether a page carries nothing: no letters, no larger mark (a signature, a seal, a drawing) and
/// no colour. Specks, punch holes and shadows along the edges do not count.
/// </summary>
internal static class BlankPage
{
    private const double MarkInches = 0.06;
    private const double HoleInches = 0.33;
    private const double HoleZoneInches = 1.0;
    private const double PageInches = 8.27;
    private const double ColorShare = 0.0003;
    private const int FewestLetters = 3;

    public static bool Looks(WorkingPage page)
    {
        var ink = page.Ink;
        if (TextAxis.HasText(ink))
        {
            return false;
        }

        var inch = Math.Min(ink.Binary.Width, ink.Binary.Height) / PageInches;
        var marks = ink.Binary.Components().Count(box => IsMark(box, ink.Binary, inch));
        return marks < FewestLetters && !HasLargeMark(ink, inch) && Measures.ColorShare(page.Source.Pixels) < ColorShare;
    }

    private static bool HasLargeMark(PageInk ink, double inch)
        => ink.Binary.Components().Any(box => IsMark(box, ink.Binary, inch) && Math.Max(box.Width, box.Height) > 5 * MarkInches * inch);

    private static bool IsMark(PixBox box, Pix page, double inch)
    {
        var atEdge = box.X <= 1 || box.Y <= 1 || box.Right >= page.Width - 1 || box.Bottom >= page.Height - 1;
        return !atEdge && Math.Max(box.Width, box.Height) >= MarkInches * inch && !IsHole(box, page, inch);
    }

    private static bool IsHole(PixBox box, Pix page, double inch)
    {
        var zone = HoleZoneInches * inch;
        var nearSide = box.X < zone || box.Right > page.Width - zone || box.Y < zone || box.Bottom > page.Height - zone;
        var round = Math.Abs(box.Width - box.Height) <= 0.2 * box.Width && box.Width <= HoleInches * inch && box.Width >= HoleInches * inch / 3;
        return nearSide && round;
    }
}
