using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Takes dotted fill-in lines out of the working copy: rows of many dots, evenly close, on one
/// height. They are read as rubbish and pull the words above them along. An ellipsis stays.
/// </summary>
internal sealed class RemoveLeaders : ICleanupStep
{
    private const int InkBelow = 170;
    private const double LargestDotInXHeights = 0.4;
    private const double LargestGapInXHeights = 0.9;
    private const int FewestDots = 8;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("leaders", false, "no text");
        }

        var leaders = Find(page.Gray, xHeight);
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

    private static List<List<PixBox>> Find(Pix gray, double xHeight)
    {
        var largest = Math.Max(3, (int)(xHeight * LargestDotInXHeights));
        using var ink = gray.Threshold(InkBelow);
        var rows = new List<List<PixBox>>();
        foreach (var dots in ink.Components().Where(box => box.Width <= largest && box.Height <= largest).GroupBy(box => (box.Y + (box.Height / 2)) / largest))
        {
            rows.AddRange(Runs([.. dots.OrderBy(box => box.X)], largest, xHeight * LargestGapInXHeights));
        }

        return rows;
    }

    private static IEnumerable<List<PixBox>> Runs(List<PixBox> dots, int largest, double gap)
    {
        var run = new List<PixBox>();
        foreach (var dot in dots)
        {
            var follows = run.Count > 0 && dot.X - run[^1].Right <= gap && Math.Abs(dot.Y - run[^1].Y) <= largest / 2 + 1;
            if (!follows && run.Count > 0)
            {
                if (run.Count >= FewestDots)
                {
                    yield return run;
                }

                run = [];
            }

            run.Add(dot);
        }

        if (run.Count >= FewestDots)
        {
            yield return run;
        }
    }

    // One pixel more on each side takes the grey edge along.
    private static PixBox Grown(PixBox dot, Pix page)
    {
        var (left, top) = (Math.Max(0, dot.X - 1), Math.Max(0, dot.Y - 1));
        return new PixBox(left, top, Math.Min(page.Width, dot.Right + 1) - left, Math.Min(page.Height, dot.Bottom + 1) - top);
    }
}
