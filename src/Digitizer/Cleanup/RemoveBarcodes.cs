using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Takes bar codes out of the working copy, which the recogniser would read as rows of I and l: bars side by side, and squares with three finders.</summary>
internal sealed class RemoveBarcodes : ICleanupStep
{
    private const double LeastBarInXHeights = 2.2;
    private const double WidestBarInXHeights = 0.9;
    private const double WidestGapInXHeights = 1.2;
    private const double SlenderAtLeast = 3;
    private const int FewestBars = 12;
    private const double ClosingInXHeights = 0.7;
    private const double LeastSquareInXHeights = 4;
    private const double MostSquareInXHeights = 40;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight;
        if (xHeight == 0)
        {
            return new CleanupRecord("barcodes", false, "no text");
        }

        using var ink = page.Gray.Threshold(page.Levels.Limit);
        var found = Bars(ink.Components(), xHeight).Concat(Squares(ink, xHeight)).ToList();
        if (found.Count > 0)
        {
            var gray = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
            found.ForEach(box => gray.Fill(box.Grown(2), 255));
            page.Retouch(gray);
        }

        return new CleanupRecord("barcodes", found.Count > 0, FormattableString.Invariant($"{found.Count} removed"));
    }

    private static List<PixBox> Bars(PixBox[] marks, double xHeight)
    {
        var bars = marks.Where(m => m.Height >= LeastBarInXHeights * xHeight && m.Width <= WidestBarInXHeights * xHeight && m.Height >= SlenderAtLeast * m.Width).OrderBy(m => m.X);
        var rows = new List<List<PixBox>>();
        foreach (var bar in bars)
        {
            var row = rows.Find(r => bar.X - r[^1].Right <= WidestGapInXHeights * xHeight && IsLevel(bar, r[^1]));
            if (row is null)
            {
                rows.Add([bar]);
            }
            else
            {
                row.Add(bar);
            }
        }

        return [.. rows.Where(r => r.Count >= FewestBars).Select(PixBox.Around)];
    }

    private static bool IsLevel(PixBox a, PixBox b)
        => 2 * Math.Abs(a.Y + a.Bottom - b.Y - b.Bottom) <= Math.Min(a.Height, b.Height) && 2 * Math.Abs(a.Height - b.Height) <= Math.Max(a.Height, b.Height);

    private static List<PixBox> Squares(Pix ink, double xHeight)
    {
        var closing = (int)(xHeight * ClosingInXHeights) | 1;
        using var closed = ink.Close(closing, closing);
        return [.. closed.Components().Where(box => Math.Abs(box.Width - box.Height) <= 0.08 * box.Width
            && box.Width >= LeastSquareInXHeights * xHeight && box.Width <= MostSquareInXHeights * xHeight && HasFinders(ink, box))];
    }

    /// <summary>Rings of dark, light, three dark, light, dark modules (ISO/IEC 18004) in at least two of the three corners.</summary>
    private static bool HasFinders(Pix ink, PixBox box)
    {
        using var square = ink.Crop(box);
        using var gray = square.ToGray();
        var levels = gray.ToBytes();
        var (width, height) = (square.Width, square.Height);
        bool Any(int from, int to, bool fromRight) => Enumerable.Range(from, to - from).Any(y => IsFinder(levels.AsSpan(y * width, width), fromRight));
        var corners = (Any(0, height / 3, false) ? 1 : 0) + (Any(0, height / 3, true) ? 1 : 0) + (Any(height - (height / 3), height, false) ? 1 : 0);
        return corners >= 2;
    }

    private static bool IsFinder(ReadOnlySpan<byte> row, bool fromRight)
    {
        Span<int> runs = stackalloc int[5];
        var (at, run, isDark) = (0, 0, true);
        while (at < row.Length && run < 5)
        {
            if ((row[fromRight ? row.Length - 1 - at : at] < 128) == isDark)
            {
                runs[run]++;
                at++;
            }
            else
            {
                run++;
                isDark = !isDark;
            }
        }

        var module = (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]) / 7.0;
        return module >= 1 && Near(runs[0], module) && Near(runs[1], module) && Near(runs[2], 3 * module) && Near(runs[3], module) && Near(runs[4], module);
    }

    private static bool Near(int run, double wanted) => Math.Abs(run - wanted) <= Math.Max(1.2, wanted * 0.4);
}
