using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Whether text lines run across the page or down it, and where they are densest.</summary>
internal static class TextAxis
{
    private const int FewestMarks = 20;
    private const double BandShare = 0.06;
    private const int BandInLetters = 6;
    private const int Reach = 40;

    /// <summary>Enough letter-sized marks to tell anything.</summary>
    public static bool HasText(PageInk ink) => ink.Letters.Count >= FewestMarks;

    /// <summary>
    /// Letters of a word stand closer together than lines do: each letter votes by whether its nearest
    /// neighbour lies beside it or above and below it. Rules and columns of a table do not mislead.
    /// </summary>
    public static bool RunsDown(PageInk ink)
    {
        var letters = WithoutMarks(ink.Letters);
        var grid = new BoxGrid(letters, Reach);
        var (beside, stacked) = (0, 0);
        foreach (var letter in letters)
        {
            var (across, down) = grid.NearestGaps(letter);
            beside += across < down ? 1 : 0;
            stacked += down < across ? 1 : 0;
        }

        return stacked > beside;
    }

    /// <summary>The band of page pixels, full width, with most letters.</summary>
    public static PixBox DensestBand(PageInk ink, int width, int height)
    {
        var letter = ink.Letters.Select(box => box.Height).Order().ElementAt(ink.Letters.Count / 2);
        var band = Math.Min(ink.Binary.Height, Math.Max((int)(ink.Binary.Height * BandShare), letter * BandInLetters));
        var step = Math.Max(1, band / 4);
        var (best, most) = (0, -1);
        for (var top = 0; top + band <= ink.Binary.Height; top += step)
        {
            var count = ink.Letters.Count(box => box.Y >= top && box.Bottom <= top + band);
            if (count > most)
            {
                (best, most) = (top, count);
            }
        }

        var y = (int)(best / ink.Scale);
        return new PixBox(0, y, width, Math.Min((int)(band / ink.Scale), height - y));
    }

    // Tone marks and dots lie close above and below their letters and would vote for lines that run down.
    private static List<PixBox> WithoutMarks(IReadOnlyList<PixBox> letters)
    {
        var sizes = letters.Select(box => Math.Max(box.Width, box.Height)).Order().ToArray();
        var least = sizes[sizes.Length / 2] * 0.8;
        return [.. letters.Where(box => Math.Max(box.Width, box.Height) >= least)];
    }
}
