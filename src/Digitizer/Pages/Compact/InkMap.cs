namespace Digitizer.Pages.Compact;

/// <summary>Where a page has ink, and how much it takes from the paper there.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Taken">Red, green, blue a pixel: what the ink takes of the paper's light, 0–255.</param>
/// <param name="Contrast">By pixel: how far it stands out, 0–255.</param>
/// <param name="IsInk">By pixel.</param>
/// <param name="Strongest">By pixel: the strongest contrast about it, which is that of the stroke it belongs to.</param>
internal sealed record InkMap(int Width, int Height, byte[] Taken, byte[] Contrast, bool[] IsInk, byte[] Strongest)
{
    /// <summary>Ink stands out from the paper by so much at least: paper's grain and JPEG's noise do by less.</summary>
    public const int LeastContrast = 30;

    // A pixel is ink if it has so much of the strongest contrast about it: the edge runs half way up.
    private const float Edge = 0.45f;

    // Sides of the cells by which the strongest contrast is sought, in inches; the cells about it count too.
    private const double CellInch = 1.0 / 75;

    /// <summary>Finds the ink.</summary>
    /// <param name="page">The page.</param>
    /// <param name="paper">Its paper.</param>
    /// <param name="dpi">Its resolution.</param>
    public static InkMap Find(ColourPlane page, PaperMap paper, double dpi)
    {
        var map = new InkMap(page.Width, page.Height, new byte[page.Samples.Length], new byte[page.Width * page.Height], new bool[page.Width * page.Height], new byte[page.Width * page.Height]);
        map.Measure(page, paper);
        map.Mark(Math.Max(2, (int)Math.Round(CellInch * dpi)));
        map.DropCrumbs();
        return map;
    }

    /// <summary>The least contrast of ink.</summary>
    /// <param name="strongest">The strongest about it.</param>
    public static float LeastOf(byte strongest) => Math.Max(LeastContrast, Edge * strongest);

    /// <summary>How far a difference of colours stands out. Blue has most noise and least to say; any ink takes green or red too.</summary>
    /// <param name="red">Difference, not below 0.</param>
    /// <param name="green">As red.</param>
    /// <param name="blue">As red.</param>
    public static int ContrastOf(int red, int green, int blue) => Math.Max(Math.Max(green, red * 7 / 8), blue * 3 / 4);

    private void Measure(ColourPlane page, PaperMap paper)
    {
        var colour = new float[3 * Width];
        for (var y = 0; y < Height; y++)
        {
            paper.Row(y, colour);
            for (var x = 0; x < Width; x++)
            {
                var at = (y * Width) + x;
                for (var c = 0; c < 3; c++)
                {
                    Taken[(3 * at) + c] = (byte)Math.Clamp(colour[(3 * x) + c] - page.Samples[(3 * at) + c] + 0.5f, 0, 255);
                }

                Contrast[at] = (byte)ContrastOf(Taken[3 * at], Taken[(3 * at) + 1], Taken[(3 * at) + 2]);
            }
        }
    }

    private void Mark(int cell)
    {
        var (columns, rows) = (((Width - 1) / cell) + 1, ((Height - 1) / cell) + 1);
        var strongest = new byte[columns * rows];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                ref var most = ref strongest[(y / cell * columns) + (x / cell)];
                most = Math.Max(most, Contrast[(y * Width) + x]);
            }
        }

        var around = Around(strongest, columns, rows);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var at = (y * Width) + x;
                Strongest[at] = around[(y / cell * columns) + (x / cell)];
                IsInk[at] = Contrast[at] >= LeastOf(Strongest[at]);
            }
        }
    }

    private static byte[] Around(byte[] cells, int columns, int rows)
    {
        var result = new byte[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var (column, row) = (i % columns, i / columns);
            for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
                {
                    result[i] = Math.Max(result[i], cells[(y * columns) + x]);
                }
            }
        }

        return result;
    }

    /// <summary>Pale pixels with hardly a neighbour are grain.</summary>
    private void DropCrumbs()
    {
        var before = (bool[])IsInk.Clone();
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                var at = (y * Width) + x;
                if (before[at] && Contrast[at] < 2 * LeastContrast && Neighbours(before, at) < 3)
                {
                    IsInk[at] = false;
                }
            }
        }
    }

    private int Neighbours(bool[] ink, int at)
    {
        var count = 0;
        for (var row = at - Width; row <= at + Width; row += Width)
        {
            count += (ink[row - 1] ? 1 : 0) + (ink[row] ? 1 : 0) + (ink[row + 1] ? 1 : 0);
        }

        return count - 1;
    }
}
