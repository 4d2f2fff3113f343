using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Brings uneven or tinted paper to white and ink to black. How pale a mark may be and still count
/// as ink depends on how dark the page's letters are: on a page of dark print, what shines through
/// from the back and patterns behind the print are paler than any letter and turn white; on a faint
/// page the letters themselves are that pale.
/// </summary>
internal sealed class LevelBackground : ICleanupStep
{
    // Grey levels after the paper has been brought to 200.
    private const int Ink = 185;
    private const int DarkestPale = 120;
    private const int LevelStep = 20;
    private const int FewestDarkLetters = 60;
    private const double MostOfThem = 0.9;
    private const int Reserve = 75;
    private const int LeastWhite = 150;
    private const int MostWhite = 200;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            return new CleanupRecord("background", false, "bitonal");
        }

        using var level = page.Gray.LevelBackground();
        var letters = LetterLevel(level, PageInk.ScaleOf(level));
        var white = Math.Clamp(letters + Reserve, LeastWhite, MostWhite);
        page.Retouch(level.Stretch(white / 2, white));
        return new CleanupRecord("background", true, FormattableString.Invariant($"levelled to 200, letters at {letters}, {white / 2} to black, {white} to white"));
    }

    /// <summary>The grey level that nine of ten letters of dark print reach in their core; the paper's own if there is no dark print.</summary>
    private static int LetterLevel(Pix level, double scale)
    {
        using var small = scale < 1 ? level.Scale(scale, scale) : level.Clone();
        using var ink = small.Threshold(Ink);
        var reached = new List<(int Level, int Letters)>();
        for (var threshold = 2 * LevelStep; threshold <= DarkestPale; threshold += LevelStep)
        {
            using var cores = small.Threshold(threshold);
            using var dark = ink.Fill(cores);
            reached.Add((threshold, dark.Components().Count(PageInk.IsLetter)));
        }

        var all = reached.Max(r => r.Letters);
        return all < FewestDarkLetters ? MostWhite : reached.First(r => r.Letters >= MostOfThem * all).Level;
    }
}
