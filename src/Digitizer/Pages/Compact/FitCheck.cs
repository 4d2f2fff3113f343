namespace Digitizer.Pages.Compact;

/// <summary>How well layers show a page.</summary>
/// <param name="Covered">Part of the page that is ink.</param>
/// <param name="Wrong">Of the cells that have ink, the part whose colour is far from the page's.</param>
/// <param name="Reason">Why the page should not be kept as layers; null if it may.</param>
internal sealed record FitMeasures(double Covered, double Wrong, string? Reason);

/// <summary>Tells pages that layers would harm: photographs, and patterns that cannot be parted from what is printed on them.</summary>
internal static class FitCheck
{
    // More ink than any page of text and tables has.
    private const double MostCovered = 0.3;

    // A cell is wrong if its mean is so far from the page's; text leaves few such cells, halftones many.
    private const int Far = 36;
    private const double MostWrong = 0.12;

    // Bytes of all layers to a square inch; A4 has 97.
    private const double MostBytes = 1600;

    /// <summary>Compares the page with its layers, in cells of the paper's picture.</summary>
    /// <param name="page">The page.</param>
    /// <param name="paper">The paper's picture.</param>
    /// <param name="inks">By pixel, the number of its ink.</param>
    /// <param name="colours">The inks' colours.</param>
    public static FitMeasures Measure(ColourPlane page, ColourPlane paper, byte[] inks, Rgb[] colours)
    {
        var cell = (int)Math.Round((double)page.Width / paper.Width);
        var (differences, painted, counts) = (new long[3 * paper.Width * paper.Height], new int[paper.Width * paper.Height], new int[paper.Width * paper.Height]);
        var covered = 0L;
        for (var at = 0; at < inks.Length; at++)
        {
            var i = (Math.Min(at / page.Width / cell, paper.Height - 1) * paper.Width) + Math.Min(at % page.Width / cell, paper.Width - 1);
            var isInk = inks[at] != InkSorter.None;
            var shown = isInk ? colours[inks[at]] : new Rgb(paper.Samples[3 * i], paper.Samples[(3 * i) + 1], paper.Samples[(3 * i) + 2]);
            differences[3 * i] += page.Samples[3 * at] - shown.R;
            differences[(3 * i) + 1] += page.Samples[(3 * at) + 1] - shown.G;
            differences[(3 * i) + 2] += page.Samples[(3 * at) + 2] - shown.B;
            counts[i]++;
            painted[i] += isInk ? 1 : 0;
            covered += isInk ? 1 : 0;
        }

        var (wrong, inked) = (0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            var difference = Math.Max(Math.Abs(differences[3 * i]), Math.Max(Math.Abs(differences[(3 * i) + 1]), Math.Abs(differences[(3 * i) + 2])));
            inked += painted[i] > 0 ? 1 : 0;
            wrong += painted[i] > 0 && difference > (long)Far * counts[i] ? 1 : 0;
        }

        var (share, part) = ((double)covered / inks.Length, (double)wrong / Math.Max(1, inked));
        return new FitMeasures(share, part, share > MostCovered ? "too much of the page is dark" : part > MostWrong ? "shades that a few inks cannot show: a photograph or a pattern" : null);
    }

    /// <summary>Whether the layers are as small as those of pages with text are.</summary>
    public static bool IsSmall(CompactPage layers, ColourPlane page, double dpi)
        => layers.Bytes <= MostBytes * page.Width * page.Height / (dpi * dpi);
}
