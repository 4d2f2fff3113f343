using Digitizer.Native;
using Digitizer.VietnameseText;

namespace Digitizer.Recognition;

/// <summary>
/// Finds what was written by hand: strokes joined over several letters, where no printed word can be read. The model reads print only,
/// and what it makes of handwriting is no text.
/// </summary>
internal sealed class Handwriting(IReadOnlyList<PixBox> marks, double xHeight)
{
    private const double WideInXHeights = 1.2;
    private const double JoinedInXHeights = 2.2;

    // Single letters of headings are as wide, and as high.
    private const double WiderThanHigh = 1.5;
    private const double MostJoinedInXHeights = 40;
    private const double LeastHeightInXHeights = 0.9;
    private const double MostHeightInXHeights = 12;
    private const double NearInXHeights = 2.5;
    private const double BesideInXHeights = 1.5;
    private const int FewestJoined = 3;

    // More than that is a picture or grain; each is compared with all.
    private const int MostMarks = 2_000;

    private const double SureConfidence = 75;
    private const double MostSureShare = 0.3;

    /// <summary>Boxes around handwriting, in the page's pixels.</summary>
    /// <param name="words">What was read.</param>
    public List<PixBox> Find(IReadOnlyList<LayoutWord> words)
    {
        var sure = words.Where(IsSure).ToList();
        var wide = marks.Where(IsWide).ToList();
        if (wide.Count > MostMarks)
        {
            return [];
        }

        wide.RemoveAll(m => sure.Exists(w => w.Box.HoldsMiddleOf(m)));
        return [.. Clusters(wide).Where(cluster => cluster.Count(IsJoined) >= FewestJoined).Select(cluster => PixBox.Around(cluster)).Where(box => !IsPrint(box, words))];
    }

    /// <summary>Words that are no print: they stand in handwriting, could not be read for sure, and no sure word stands beside them as where a signature crosses a name.</summary>
    /// <param name="handwriting">What <see cref="Find"/> gave.</param>
    /// <param name="words">What was read.</param>
    public HashSet<LayoutWord> Within(IReadOnlyList<PixBox> handwriting, IReadOnlyList<LayoutWord> words)
        => [.. words.Where(word => !IsSure(word) && handwriting.Any(box => box.HoldsMiddleOf(word.Box)) && !words.Any(other => IsSure(other) && StandBeside(word, other)))];

    private bool StandBeside(LayoutWord word, LayoutWord other)
        => word.EngineLine == other.EngineLine && Math.Max(word.Box.X - other.Box.Right, other.Box.X - word.Box.Right) <= BesideInXHeights * xHeight;

    private static bool IsPrint(PixBox box, IReadOnlyList<LayoutWord> words)
    {
        var within = words.Where(w => box.HoldsMiddleOf(w.Box)).ToList();
        return within.Where(IsSure).Sum(Letters) > MostSureShare * within.Sum(Letters);
    }

    private static bool IsSure(LayoutWord word)
        => word.Engine.Text is CheckBoxes.Empty or CheckBoxes.Ticked
            || (word.Engine.Confidence >= SureConfidence && WordKinds.Of(word.Engine.Text) is not (WordKind.Implausible or WordKind.Punctuation));

    private static int Letters(LayoutWord word) => word.Engine.Text.Length;

    private bool IsWide(PixBox mark)
        => mark.Width >= WideInXHeights * xHeight && mark.Width <= MostJoinedInXHeights * xHeight
            && mark.Height >= LeastHeightInXHeights * xHeight && mark.Height <= MostHeightInXHeights * xHeight;

    private bool IsJoined(PixBox mark) => mark.Width >= JoinedInXHeights * xHeight && mark.Width >= WiderThanHigh * mark.Height;

    private List<List<PixBox>> Clusters(List<PixBox> wide)
    {
        var reach = (int)(NearInXHeights * xHeight);
        var clusters = new List<List<PixBox>>();
        foreach (var mark in wide)
        {
            var touched = clusters.FindAll(cluster => cluster.Exists(other => AreNear(mark, other, reach)));
            clusters.RemoveAll(touched.Contains);
            clusters.Add([mark, .. touched.SelectMany(cluster => cluster)]);
        }

        return clusters;
    }

    private static bool AreNear(PixBox a, PixBox b, int reach)
        => a.X - reach < b.Right && b.X - reach < a.Right && a.Y - reach < b.Bottom && b.Y - reach < a.Bottom;
}
