namespace Digitizer.Pages.Compact;

/// <summary>How well layers show a page.</summary>
/// <param name="Covered">Part of the page that is ink.</param>
/// <param name="Wrong">Of the cells that have ink, the part whose colour is far from the page's.</param>
/// <param name="WrongSolid">Part of the page's cells that are all ink, of a colour far from the page's.</param>
/// <param name="Strength">How far ink as it is painted stands out from the paper behind it, on the mean, 0–255.</param>
internal sealed record FitMeasures(double Covered, double Wrong, double WrongSolid, double Strength)
{
    // More ink than any page of text and tables has.
    private const double MostCovered = 0.2;

    private const double MostWrong = 0.025;
    private const double MostWrongSolid = 0.002;

    // Paler print loses its thinnest strokes, and marks above letters first.
    private const double LeastStrength = 100;

    /// <summary>Why the page should not be kept as layers; null if it may.</summary>
    public string? Reason => Covered > MostCovered ? "too much of the page is ink: a pattern or a picture all over it"
        : WrongSolid > MostWrongSolid ? "areas whose shades inks cannot show: a photograph, or a sheet on a dark ground"
        : Wrong > MostWrong ? "ink in shades that a few colours cannot show: a pattern, or print that shines through"
        : Covered > 0 && Strength < LeastStrength ? "faint print, of which strokes would be lost"
        : null;
}

/// <summary>Tells pages that layers would harm: photographs, and patterns that cannot be parted from what is printed on them.</summary>
internal static class FitCheck
{
    // Cells of the paper's picture to a side of those that are compared: larger than a stroke, so that edges do not count.
    private const int Side = 3;

    // A cell is wrong if its mean is so far from the page's.
    private const int Far = 28;

    // All ink, but for a speck of light.
    private const double Solid = 0.95;

    // Bytes of all layers to a square inch; A4 has 97.
    private const double MostBytes = 1600;

    /// <summary>Compares the page with its layers.</summary>
    /// <param name="page">The page.</param>
    /// <param name="paper">The paper's picture.</param>
    /// <param name="inks">By pixel, the number of its ink.</param>
    /// <param name="colours">The inks' colours.</param>
    public static FitMeasures Measure(ColourPlane page, ColourPlane paper, byte[] inks, Rgb[] colours)
    {
        var fine = Math.Max(1, (int)Math.Round((double)page.Width / paper.Width));
        var columns = ((paper.Width - 1) / Side) + 1;
        var strength = 0L;
        var cells = new Cell[columns * (((paper.Height - 1) / Side) + 1)];
        for (var y = 0; y < page.Height; y++)
        {
            var paperRow = Math.Min(y / fine, paper.Height - 1);
            for (var x = 0; x < page.Width; x++)
            {
                var (at, column) = ((y * page.Width) + x, Math.Min(x / fine, paper.Width - 1));
                var behind = 3 * ((paperRow * paper.Width) + column);
                var isInk = inks[at] != InkSorter.None;
                var shown = isInk ? colours[inks[at]] : new Rgb(paper.Samples[behind], paper.Samples[behind + 1], paper.Samples[behind + 2]);
                strength += isInk ? Difference(paper.Samples.AsSpan(behind, 3), shown) : 0;
                cells[(paperRow / Side * columns) + (column / Side)].Add(page.Samples.AsSpan(3 * at, 3), shown, isInk);
            }
        }

        var ink = cells.Sum(cell => (long)cell.Ink);
        var inked = cells.Count(cell => cell.Ink > 0);
        return new FitMeasures(
            (double)ink / inks.Length,
            (double)cells.Count(cell => cell.Ink > 0 && cell.IsFar) / Math.Max(1, inked),
            (double)cells.Count(cell => cell.Ink >= Solid * cell.Pixels && cell.IsFar) / cells.Length,
            (double)strength / Math.Max(1, ink));
    }

    /// <summary>Whether the layers are as small as those of pages with text are.</summary>
    public static bool IsSmall(CompactPage layers, ColourPlane page, double dpi)
        => layers.Bytes <= MostBytes * page.Width * page.Height / (dpi * dpi);

    private static int Difference(ReadOnlySpan<byte> paper, Rgb ink) => Math.Max(paper[0] - ink.R, Math.Max(paper[1] - ink.G, paper[2] - ink.B));

    private struct Cell
    {
        private long red;
        private long green;
        private long blue;

        public int Pixels { get; private set; }

        public int Ink { get; private set; }

        public readonly bool IsFar => Math.Max(Math.Abs(red), Math.Max(Math.Abs(green), Math.Abs(blue))) > (long)Far * Pixels;

        public void Add(ReadOnlySpan<byte> page, Rgb shown, bool isInk)
        {
            (red, green, blue) = (red + page[0] - shown.R, green + page[1] - shown.G, blue + page[2] - shown.B);
            Pixels++;
            Ink += isInk ? 1 : 0;
        }
    }
}
