namespace Digitizer.Pages.Compact;

/// <summary>
/// Finds what is printed on a page, is not among its inks, and would be lost with the paper's detail: light print on a dark ground, pencil, pale stamps.
/// </summary>
internal sealed class LostPrint
{
    // Blocks of pixels that are compared, rounded up: as fine as the strokes of small print, and grain evens out in them.
    private const double BlockInch = 1.0 / 160;

    // Cells in which they are counted: a letter or two.
    private const double CellInch = 1.0 / 12;

    // A block differs if it is so far from the paper as it will be shown.
    private const int Far = 10;

    // Blocks of a stroke have so many beside them that differ in the same way; those of grain and of JPEG's fringes lie scattered.
    private const int LeastBeside = 2;

    // Such blocks of a cell. On clean scans of 300 dpi there are up to 3, around seals of 200 dpi 8; small print that is 14 levels darker than its paper has 20.
    private const int Most = 8;

    private readonly int columns;
    private readonly int rows;
    private readonly int side;
    private readonly sbyte[] differs;

    /// <param name="page">The page.</param>
    /// <param name="nearInk">By pixel: ink and its edges, which stencils show.</param>
    /// <param name="background">The paper as it will be kept.</param>
    /// <param name="dpi">The page's resolution.</param>
    public LostPrint(ColourPlane page, bool[] nearInk, CompactBackground background, double dpi)
    {
        var block = (int)Math.Ceiling(BlockInch * dpi);
        side = Math.Max(1, (int)Math.Round(CellInch * dpi / block));
        (columns, rows) = (page.Width / block, page.Height / block);
        differs = new sbyte[columns * rows];
        var paper = background.Picture();
        for (var i = 0; i < differs.Length; i++)
        {
            differs[i] = Difference(page, nearInk, paper, (i % columns * block, i / columns * block), block);
        }
    }

    /// <summary>Whether the page has any.</summary>
    public bool IsThere()
    {
        var across = ((columns - 1) / side) + 1;
        var counts = new int[across * (((rows - 1) / side) + 1)];
        for (var row = 1; row < rows - 1; row++)
        {
            for (var column = 1; column < columns - 1; column++)
            {
                counts[(row / side * across) + (column / side)] += IsOfStroke((row * columns) + column) ? 1 : 0;
            }
        }

        return counts.Max() > Most;
    }

    /// <summary>1 where the page is lighter than the paper as shown, −1 where it is darker, 0 where it is the same or has ink.</summary>
    private static sbyte Difference(ColourPlane page, bool[] nearInk, ColourPlane paper, (int X, int Y) corner, int block)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var y = corner.Y; y < corner.Y + block; y++)
        {
            var paperRow = (int)((long)y * paper.Height / page.Height) * paper.Width;
            for (var x = corner.X; x < corner.X + block; x++)
            {
                var at = (y * page.Width) + x;
                if (nearInk[at])
                {
                    return 0;
                }

                var behind = 3 * (paperRow + (int)((long)x * paper.Width / page.Width));
                red += page.Samples[3 * at] - paper.Samples[behind];
                green += page.Samples[(3 * at) + 1] - paper.Samples[behind + 1];
                blue += page.Samples[(3 * at) + 2] - paper.Samples[behind + 2];
            }
        }

        var isFar = InkMap.ContrastOf(Math.Abs(red), Math.Abs(green), Math.Abs(blue)) > Far * block * block;
        return !isFar ? (sbyte)0 : red + green + blue < 0 ? (sbyte)-1 : (sbyte)1;
    }

    private bool IsOfStroke(int at)
    {
        var beside = -1;
        for (var row = at - columns; differs[at] != 0 && row <= at + columns; row += columns)
        {
            beside += (differs[row - 1] == differs[at] ? 1 : 0) + (differs[row] == differs[at] ? 1 : 0) + (differs[row + 1] == differs[at] ? 1 : 0);
        }

        return beside >= LeastBeside;
    }
}
