using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes dotted fill-in lines out of the working copy: rows of many dots, evenly close, on one
/// height. They are read as rubbish and pull the words above them along. An ellipsis stays, and so does the dot of a dấu nặng among them.
/// </summary>
internal sealed class RemoveLeaders : ICleanupStep
{
    private const double LargestDotInXHeights = 0.4;
    private const double LargestGapInXHeights = 0.9;
    private const int FewestDots = 8;
    private const int FewestDashes = 3;
    private const double ShortestInXHeights = 4;
    private const double LeastLetterInXHeights = 0.6;
    private const double NearInXHeights = 0.8;
    private const double ThickInUsual = 1.6;
    private const double MostOffCentre = 0.6;
    private const double MostUneven = 1.4;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("leaders", false, "no text");
        }

        using var ink = page.Gray.Threshold(page.Levels.Limit);
        var marks = ink.Components();
        var leaders = Find(marks, xHeight);
        var tones = Tones(leaders, marks, xHeight);
        if (leaders.Count > 0)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            foreach (var dot in leaders.SelectMany(row => row).Except(tones))
            {
                gray.Fill(Grown(dot, page.Gray), 255);
            }

            page.Retouch(gray);
        }

        return new CleanupRecord("leaders", leaders.Count > 0, FormattableString.Invariant($"{leaders.Count} dotted lines removed"));
    }

    // The mark of a letter that stands on the line is thicker than the line's dots.
    private static HashSet<PixBox> Tones(List<List<PixBox>> leaders, IReadOnlyList<PixBox> marks, double xHeight)
    {
        if (leaders.Count == 0)
        {
            return [];
        }

        var letters = new NearBoxes(marks.Where(m => m.Height >= LeastLetterInXHeights * xHeight), Math.Max(1, (int)(NearInXHeights * xHeight)));
        return [.. leaders.SelectMany(row => Thick(row)).Where(dot => letters.Near(dot).Any(letter => StandsOn(letter, dot)))];
    }

    private static IEnumerable<PixBox> Thick(List<PixBox> row)
    {
        var usual = row.Select(dot => dot.Height).Order().ElementAt(row.Count / 2);
        return row.Where(dot => dot.Height >= ThickInUsual * usual && dot.Width <= MostUneven * dot.Height);
    }

    private static bool StandsOn(PixBox letter, PixBox dot)
    {
        var offCentre = (2 * dot.X) + dot.Width - (2 * letter.X) - letter.Width;
        return letter.Bottom <= dot.Y + 1 && Math.Abs(offCentre) <= MostOffCentre * letter.Width;
    }

    private static List<List<PixBox>> Find(IReadOnlyList<PixBox> marks, double xHeight)
    {
        var largest = Math.Max(3, (int)(xHeight * LargestDotInXHeights));
        var dots = marks.Where(box => box.Height <= largest).OrderBy(Middle).ToList();
        var leaders = new List<List<PixBox>>();
        for (var i = 0; i < dots.Count;)
        {
            // Dots on one height, as far as no gap of half a dot parts them from the next.
            var end = i + 1;
            while (end < dots.Count && Middle(dots[end]) - Middle(dots[end - 1]) <= 1 && Middle(dots[end]) - Middle(dots[i]) <= largest)
            {
                end++;
            }

            leaders.AddRange(Runs([.. dots[i..end].OrderBy(box => box.X)], xHeight * LargestGapInXHeights).Where(run => IsLeader(run, xHeight)));
            i = end;
        }

        return leaders;
    }

    private static double Middle(PixBox box) => box.Y + (box.Height / 2.0);

    // Blur joins dots to dashes of unequal length.
    private static bool IsLeader(List<PixBox> run, double xHeight)
        => run.Count >= FewestDots || (run.Count >= FewestDashes && run[^1].Right - run[0].X >= xHeight * ShortestInXHeights);

    private static IEnumerable<List<PixBox>> Runs(List<PixBox> dots, double gap)
    {
        var run = new List<PixBox>();
        foreach (var dot in dots)
        {
            if (run.Count > 0 && dot.X - run[^1].Right > gap)
            {
                yield return run;
                run = [];
            }

            run.Add(dot);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    // One pixel more on each side takes the grey edge along.
    private static PixBox Grown(PixBox dot, Pix page)
    {
        var (left, top) = (Math.Max(0, dot.X - 1), Math.Max(0, dot.Y - 2));
        return new PixBox(left, top, Math.Min(page.Width, dot.Right + 1) - left, Math.Min(page.Height, dot.Bottom + 2) - top);
    }
}
