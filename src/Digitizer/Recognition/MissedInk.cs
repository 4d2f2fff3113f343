using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Reads letters that stand outside of every word: the engine's layout passes over numbers of lists, single letters and lines near pictures.</summary>
internal sealed class MissedInk(LineReader lines, double xHeight)
{
    private const double BesideInXHeights = 5;
    private const double LevelInXHeights = 0.6;
    private const double ReachInXHeights = 0.3;
    private const double MostWordInXHeights = 4;
    private const double MostOfUsual = 2.5;
    private const double WordGapInXHeights = 3;
    private const int FewestAlone = 4;
    private const double LeastConfidence = 80;
    private const double HopelessConfidence = 40;
    private const double SureShare = 0.6;
    private const double MostWidthInXHeights = 4;

    // More than that is a picture, or a page of another kind.
    private const int MostMarks = 300;

    /// <summary>Reads what is not covered.</summary>
    /// <param name="marks">All marks of the page.</param>
    /// <param name="words">What was read.</param>
    public List<EngineWord> Read(IReadOnlyList<PixBox> marks, IReadOnlyList<EngineWord> words)
    {
        // A stroke over several lines is read as a dash as high as all of them, and covers nothing.
        var usual = words.Count == 0 ? 0 : words.Select(w => w.Box.Height).Order().ElementAt(words.Count / 2);
        var most = Math.Max(MostWordInXHeights * xHeight, MostOfUsual * usual);
        var grid = words.Where(w => Letters(w) > 0 && w.Box.Height <= most).ToLookup(w => (w.Box.Y + (w.Box.Height / 2)) / Cell);
        var missed = marks.Where(m => InkLines.IsLetter(m, xHeight) && m.Width <= MostWidthInXHeights * xHeight && !IsCovered(m, grid)).OrderBy(m => m.X).ToList();
        if (missed.Count > MostMarks)
        {
            return [];
        }

        return [.. Groups(missed).SelectMany(group => ReadGroup(group, words))];
    }

    private int Cell => Math.Max(1, (int)(4 * xHeight));

    private bool IsCovered(PixBox mark, ILookup<int, EngineWord> words)
    {
        var (x, y) = (mark.X + (mark.Width / 2), mark.Y + (mark.Height / 2));
        var reach = ReachInXHeights * xHeight;
        var row = y / Cell;
        return Enumerable.Range(row - 1, 3).SelectMany(r => words[r]).Any(w => x >= w.Box.X - reach && x <= w.Box.Right + reach && y >= w.Box.Y - reach && y <= w.Box.Bottom + reach);
    }

    private List<List<PixBox>> Groups(List<PixBox> fromLeft)
    {
        var groups = new List<List<PixBox>>();
        foreach (var mark in fromLeft)
        {
            var group = groups.Find(g => mark.X - g.Max(b => b.Right) <= BesideInXHeights * xHeight && Math.Abs(Middle(mark) - Middle(g[^1])) <= LevelInXHeights * xHeight);
            if (group is null)
            {
                groups.Add([mark]);
            }
            else
            {
                group.Add(mark);
            }
        }

        return groups;
    }

    // Seals and signatures give a sure letter among rubbish; most of a group must be sure, and then the rest of it that is not hopeless counts.
    private List<EngineWord> ReadGroup(List<PixBox> group, IReadOnlyList<EngineWord> words)
    {
        if (group.Count < FewestAlone && !words.Any(word => StandsBeside(PixBox.Around(group), word)))
        {
            return [];
        }

        var read = lines.Read(group, []);
        var (sure, all) = (read.Where(w => w.Confidence >= LeastConfidence).Sum(Letters), read.Sum(w => w.Text.Length));
        return sure > 0 && sure >= SureShare * all ? read.FindAll(w => w.Confidence >= HopelessConfidence) : [];
    }

    private static int Letters(EngineWord word) => word.Text.Count(char.IsLetterOrDigit);

    // Single strokes far from any text are dust and edges; before or behind a word they are numbers of lists.
    private bool StandsBeside(PixBox group, EngineWord word)
        => Math.Abs(Middle(group) - Middle(word.Box)) <= LevelInXHeights * xHeight
            && Math.Max(group.X - word.Box.Right, word.Box.X - group.Right) <= WordGapInXHeights * xHeight
            && Letters(word) >= 2;

    private static double Middle(PixBox box) => box.Y + (box.Height / 2.0);
}
