using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Boxes sorted into square cells, to find near ones without comparing all.</summary>
internal sealed class BoxGrid
{
    private readonly Dictionary<(int X, int Y), List<PixBox>> cells = [];
    private readonly int reach;

    public BoxGrid(IEnumerable<PixBox> boxes, int reach)
    {
        this.reach = reach;
        foreach (var box in boxes)
        {
            var cell = Cell(box);
            if (!cells.TryGetValue(cell, out var list))
            {
                cells[cell] = list = [];
            }

            list.Add(box);
        }
    }

    /// <summary>Gap in pixels to the nearest box in the same row, and to the nearest in the same column; at most the reach.</summary>
    public (int Across, int Down) NearestGaps(PixBox box)
    {
        var (across, down) = (reach, reach);
        var (cx, cy) = Cell(box);
        for (var x = cx - 1; x <= cx + 1; x++)
        {
            for (var y = cy - 1; y <= cy + 1; y++)
            {
                foreach (var other in cells.GetValueOrDefault((x, y), []))
                {
                    if (other != box)
                    {
                        across = Math.Min(across, Gap(box, other, overlapInY: true));
                        down = Math.Min(down, Gap(box, other, overlapInY: false));
                    }
                }
            }
        }

        return (across, down);
    }

    /// <summary>Boxes whose centres lie in the cells around a box's centre; they may be as far away as twice the reach.</summary>
    public IEnumerable<PixBox> Around(PixBox box)
    {
        var (cx, cy) = Cell(box);
        return from x in Enumerable.Range(cx - 1, 3)
               from y in Enumerable.Range(cy - 1, 3)
               from other in cells.GetValueOrDefault((x, y), [])
               select other;
    }

    private int Gap(PixBox a, PixBox b, bool overlapInY)
    {
        var (a1, a2, b1, b2) = overlapInY ? (a.Y, a.Bottom, b.Y, b.Bottom) : (a.X, a.Right, b.X, b.Right);
        if (2 * (Math.Min(a2, b2) - Math.Max(a1, b1)) < Math.Min(a2 - a1, b2 - b1))
        {
            return reach;
        }

        return overlapInY
            ? Math.Max(0, Math.Max(a.X, b.X) - Math.Min(a.Right, b.Right))
            : Math.Max(0, Math.Max(a.Y, b.Y) - Math.Min(a.Bottom, b.Bottom));
    }

    private (int X, int Y) Cell(PixBox box) => ((box.X + (box.Width / 2)) / reach, (box.Y + (box.Height / 2)) / reach);
}
