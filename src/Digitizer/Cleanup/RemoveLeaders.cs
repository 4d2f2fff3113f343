using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes dotted fill-in lines out of the working copy: rows of many dots, evenly close, on one
/// height. They are read as rubbish and pull the words above them along. An ellipsis stays.
/// </summary>
internal sealed class RemoveLeaders : ICleanupStep
{
    private const double LargestDotInXHeights = 0.4;
    private const double LargestGapInXHeights = 0.9;
    private const int FewestDots = 8;
    private const int FewestDashes = 3;
    private const double ShortestInXHeights = 4;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("leaders", false, "no text");
        }

        var leaders = Find(page.Gray, page.Levels.Limit, xHeight);
        if (leaders.Count > 0)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            foreach (var dot in leaders.SelectMany(row => row))
            {
                gray.Fill(Grown(dot, page.Gray), 255);
            }

            page.Retouch(gray);
        }

        return new CleanupRecord("leaders", leaders.Count > 0, FormattableString.Invariant($"{leaders.Count} dotted lines removed"));
    }

    private static List<List<PixBox>> Find(Pix gray, int inkLimit, double xHeight)
    {
        var largest = Math.Max(3, (int)(xHeight * LargestDotInXHeights));
        using var ink = gray.Threshold(inkLimit);
        var dots = ink.Components().Where(box => box.Height <= largest).OrderBy(Middle).ToList();
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
