using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Tells whether any of many boxes is near, without looking at all.</summary>
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

    /// <summary>Boxes that are at most the reach away, across and down; large ones may come more than once.</summary>
    public IEnumerable<PixBox> Near(PixBox box)
    {
        for (var x = (box.X / reach) - 1; x <= (box.Right / reach) + 1; x++)
        {
            for (var y = (box.Y / reach) - 1; y <= (box.Bottom / reach) + 1; y++)
            {
                foreach (var other in cells.GetValueOrDefault((x, y), []))
                {
                    if (IsNear(other, box))
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
