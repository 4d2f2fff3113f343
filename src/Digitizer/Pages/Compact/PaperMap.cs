namespace Digitizer.Pages.Compact;

/// <summary>
/// The colour of the paper all over a page, as if nothing were printed on it: tiles of a few strokes' width hold the mean of their lightest pixels,
/// tiles that ink covers take over from those around them, and what lies between is interpolated.
/// </summary>
internal sealed class PaperMap
{
    private const int Levels = 256;

    // Of a tile's pixels, so many are lighter than the paper's level; those near that level are the paper.
    private const double Lighter = 0.25;
    private const int Near = 10;

    // Tiles to each side that must hold paper somewhere: larger dark areas are taken for dark paper.
    private const int Reach = 3;

    private readonly int tile;
    private readonly int columns;
    private readonly int rows;
    private readonly float[] colours;

    private PaperMap(ColourPlane page, int tile)
    {
        this.tile = tile;
        (columns, rows) = (((page.Width - 1) / tile) + 1, ((page.Height - 1) / tile) + 1);
        colours = new float[3 * columns * rows];
    }

    /// <summary>Measures the paper.</summary>
    /// <param name="page">The page.</param>
    /// <param name="tile">Pixels; a twelfth of an inch or so.</param>
    public static PaperMap Measure(ColourPlane page, int tile)
    {
        var map = new PaperMap(page, tile);
        var (levels, counts) = (new float[map.columns * map.rows], new int[Levels]);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = map.MeasureTile(page, i % map.columns, i / map.columns, counts);
        }

        map.FillCovered(levels);
        map.Smooth();
        return map;
    }

    /// <summary>The paper's colours along a row.</summary>
    /// <param name="y">The row.</param>
    /// <param name="colour">Three values a pixel.</param>
    public void Row(int y, Span<float> colour)
    {
        var (upper, down) = Between(y, rows);
        for (var x = 0; x < colour.Length / 3; x++)
        {
            var (left, across) = Between(x, columns);
            var right = Math.Min(left + 1, columns - 1);
            var lower = Math.Min(upper + 1, rows - 1);
            for (var c = 0; c < 3; c++)
            {
                var above = Mix(At(left, upper, c), At(right, upper, c), across);
                colour[(3 * x) + c] = Mix(above, Mix(At(left, lower, c), At(right, lower, c), across), down);
            }
        }
    }

    private static float Mix(float a, float b, float part) => a + (part * (b - a));

    private (int Tile, float Part) Between(int at, int tiles)
    {
        var place = Math.Clamp(((at + 0.5f) / tile) - 0.5f, 0, tiles - 1);
        return ((int)place, place - (int)place);
    }

    private ref float At(int column, int row, int c) => ref colours[(3 * ((row * columns) + column)) + c];

    private float MeasureTile(ColourPlane page, int column, int row, int[] counts)
    {
        Array.Clear(counts);
        var (left, top) = (column * tile, row * tile);
        var (right, bottom) = (Math.Min(left + tile, page.Width), Math.Min(top + tile, page.Height));
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                counts[Luminance(page, x, y)]++;
            }
        }

        var (level, left25) = (Levels - 1, (int)(Lighter * (right - left) * (bottom - top)));
        while (level > 0 && (left25 -= counts[level]) > 0)
        {
            level--;
        }

        MeanOfPaper(page, (left, top, right, bottom), level, column, row);
        return level;
    }

    private void MeanOfPaper(ColourPlane page, (int Left, int Top, int Right, int Bottom) box, int level, int column, int row)
    {
        var (red, green, blue, count) = (0L, 0L, 0L, 0);
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                if (Math.Abs(Luminance(page, x, y) - level) <= Near)
                {
                    var at = 3 * ((y * page.Width) + x);
                    (red, green, blue, count) = (red + page.Samples[at], green + page.Samples[at + 1], blue + page.Samples[at + 2], count + 1);
                }
            }
        }

        (At(column, row, 0), At(column, row, 1), At(column, row, 2)) = ((float)red / count, (float)green / count, (float)blue / count);
    }

    private static int Luminance(ColourPlane page, int x, int y)
    {
        var at = 3 * ((y * page.Width) + x);
        return ((77 * page.Samples[at]) + (150 * page.Samples[at + 1]) + (29 * page.Samples[at + 2])) >> 8;
    }

    /// <summary>A closing of the levels: a tile that is darker than it afterwards is covered, and takes its colour from the tiles about it that are not.</summary>
    private void FillCovered(float[] levels)
    {
        const float Darker = 8;
        var closed = Extreme(Extreme(levels, Math.Max), Math.Min);
        var paper = (float[])colours.Clone();
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] >= closed[i] - Darker)
            {
                continue;
            }

            var (sum, weight) = (new float[3], 0f);
            ForEachNear(i, (other, distance) =>
            {
                if (levels[other] < closed[other] - Darker)
                {
                    return;
                }

                var w = 1f / (distance * distance);
                weight += w;
                for (var c = 0; c < 3; c++)
                {
                    sum[c] += w * paper[(3 * other) + c];
                }
            });

            for (var c = 0; c < 3 && weight > 0; c++)
            {
                colours[(3 * i) + c] = sum[c] / weight;
            }
        }
    }

    private float[] Extreme(float[] levels, Func<float, float, float> which)
    {
        var result = (float[])levels.Clone();
        for (var i = 0; i < levels.Length; i++)
        {
            ForEachNear(i, (other, _) => result[i] = which(result[i], levels[other]));
        }

        return result;
    }

    private void ForEachNear(int i, Action<int, float> look)
    {
        var (column, row) = (i % columns, i / columns);
        for (var y = Math.Max(0, row - Reach); y <= Math.Min(rows - 1, row + Reach); y++)
        {
            for (var x = Math.Max(0, column - Reach); x <= Math.Min(columns - 1, column + Reach); x++)
            {
                if (x != column || y != row)
                {
                    look((y * columns) + x, float.Hypot(x - column, y - row));
                }
            }
        }
    }

    /// <summary>Takes out what single tiles have of their own: the mean of three by three.</summary>
    private void Smooth()
    {
        var before = (float[])colours.Clone();
        for (var i = 0; i < columns * rows; i++)
        {
            var (column, row) = (i % columns, i / columns);
            for (var c = 0; c < 3; c++)
            {
                var (sum, count) = (0f, 0);
                for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
                    {
                        (sum, count) = (sum + before[(3 * ((y * columns) + x)) + c], count + 1);
                    }
                }

                colours[(3 * i) + c] = sum / count;
            }
        }
    }
}
