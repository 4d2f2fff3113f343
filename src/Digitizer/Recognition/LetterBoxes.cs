using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Tells boxes for a letter or digit each, side by side as forms have them, from the narrow cells of tables.</summary>
internal static class LetterBoxes
{
    private const double LargestInXHeights = 4;
    private const double BesideInXHeights = 1;
    private const int FewestInARow = 3;

    /// <summary>Rows of such boxes, each from left to right.</summary>
    /// <param name="cells">All cells of a page that have something in them.</param>
    /// <param name="xHeight">Height of letters without ascender.</param>
    public static List<List<PixBox>> RowsOf(IEnumerable<PixBox> cells, double xHeight)
    {
        var rows = new List<List<PixBox>>();
        foreach (var box in cells.Where(cell => Math.Max(cell.Width, cell.Height) <= LargestInXHeights * xHeight).OrderBy(cell => cell.X))
        {
            var row = rows.Find(r => box.X - r[^1].Right <= BesideInXHeights * xHeight && Math.Abs(box.Y - r[^1].Y) <= xHeight);
            if (row is null)
            {
                rows.Add([box]);
            }
            else
            {
                row.Add(box);
            }
        }

        return rows.FindAll(row => row.Count >= FewestInARow);
    }
}
