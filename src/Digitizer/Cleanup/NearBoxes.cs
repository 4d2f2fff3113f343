using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Finds which of many boxes are near, without looking at all.</summary>
internal sealed class NearBoxes
{
    private readonly Dictionary<(int X, int Y), List<PixBox>> cells = [];
    private readonly int reach;

    /// <param name="boxes">Of the size of letters: a box stands in each cell that it touches.</param>
    /// <param name="reach">What is near, in pixels; at least 1.</param>
    public NearBoxes(IEnumerable<PixBox> boxes, int reach)
    {
        this.reach = reach;
        foreach (var box in boxes)
        {
            for (var x = box.X / reach; x <= box.Right / reach; x++)
            {
                for (var y = box.Y / reach; y <= box.Bottom / reach; y++)
                {
                    if (!cells.TryGetValue((x, y), out var list))
                    {
                        cells[(x, y)] = list = [];
                    }

                    list.Add(box);
                }
            }
        }
    }

    /// <summary>Boxes that are at most the reach away, across and down, each once.</summary>
    public IEnumerable<PixBox> Near(PixBox box)
    {
        var (left, top) = ((box.X / reach) - 1, (box.Y / reach) - 1);
        for (var x = left; x <= (box.Right / reach) + 1; x++)
        {
            for (var y = top; y <= (box.Bottom / reach) + 1; y++)
            {
                foreach (var other in cells.GetValueOrDefault((x, y), []))
                {
                    // A box of several cells counts in the first one that is looked at.
                    var isFirst = x == Math.Max(left, other.X / reach) && y == Math.Max(top, other.Y / reach);
                    if (isFirst && IsNear(other, box))
                    {
                        yield return other;
                    }
                }
            }
        }
    }

    private bool IsNear(PixBox a, PixBox b)
        => a.X - b.Right <= reach && b.X - a.Right <= reach && a.Y - b.Bottom <= reach && b.Y - a.Bottom <= reach;
}
