namespace Digitizer.Assembly;

/// <summary>
/// Makes sure that a reader sees every word as one word. Readers look at the picture of the text,
/// not only at the space characters in it. The figures are poppler's (<c>TextOutputDev.cc</c>), the
/// strictest of the readers tried: on one line, words closer than 0.15 em are run together, and
/// characters that advance less than 0.1 em are taken for a shadow of the one before.
/// </summary>
internal static class WordSeparation
{
    private const double Gap = 0.17;
    private const double SmallestAdvance = 0.11;

    // Baselines at least this far apart, in em of the earlier word, are two lines (poppler: 0.5).
    private const double LineStep = 0.55;

    // A word that begins this far before the end of the one before it begins a new line (poppler: 0.2).
    private const double StepBack = 0.3;

    // No word gives up more than this part of its width to a gap.
    private const double LargestCut = 1.0 / 3;

    /// <summary>Moves the edges of neighbouring words apart where needed, in reading order, and narrows fonts for narrow words.</summary>
    public static void Apply(List<PlacedWord> words, double pageWidth)
    {
        for (var i = 1; i < words.Count; i++)
        {
            (words[i - 1], words[i]) = Separate(words[i - 1], words[i], pageWidth);
        }

        for (var i = 0; i < words.Count; i++)
        {
            words[i] = FitFont(words[i]);
        }
    }

    private static (PlacedWord Word, PlacedWord Next) Separate(PlacedWord word, PlacedWord next, double pageWidth)
    {
        var gap = Gap * word.FontSize;
        if (next.Left - word.Right >= gap || IsNewLine(word, next))
        {
            return (word, next);
        }

        (word, next) = Cut(word, next, gap - (next.Left - word.Right));
        return next.Left - word.Right >= gap - 1e-9 ? (word, next) : (word, Move(word, next, gap, pageWidth));
    }

    private static bool IsNewLine(PlacedWord word, PlacedWord next)
        => Math.Abs(next.Baseline - word.Baseline) >= LineStep * word.FontSize
            || (next.Left <= word.Left && next.Left <= word.Right - (StepBack * word.FontSize));

    // Half from each, or what one can give if the other cannot.
    private static (PlacedWord Word, PlacedWord Next) Cut(PlacedWord word, PlacedWord next, double missing)
    {
        var (mostOfWord, mostOfNext) = (word.Width * LargestCut, next.Width * LargestCut);
        var fromNext = Math.Min(Math.Max(missing / 2, missing - mostOfWord), mostOfNext);
        var fromWord = Math.Min(missing - fromNext, mostOfWord);
        return (word with { Right = word.Right - fromWord }, next with { Left = next.Left + fromNext });
    }

    // Two words in one place: the second goes to the right while there is room, else back, as if on a
    // new line, or, where the first stands at the edge, it is squeezed into what is left of the page.
    private static PlacedWord Move(PlacedWord word, PlacedWord next, double gap, double pageWidth)
    {
        var ahead = word.Right + gap;
        var back = Math.Min(next.Left, word.Right - (StepBack * word.FontSize));
        return ahead + next.Width <= pageWidth ? next with { Left = ahead, Right = ahead + next.Width }
            : back >= 0 ? next with { Left = back, Right = back + next.Width }
            : next with { Left = ahead, Right = pageWidth };
    }

    // Rounded as it will be written, or the error would add up over a long word in small print.
    private static PlacedWord FitFont(PlacedWord word)
    {
        var characters = word.Text.EnumerateRunes().Count();
        var largest = characters > 1 ? word.Width / (SmallestAdvance * characters) : word.FontSize;
        return word with { FontSize = Math.Round(Math.Min(word.FontSize, largest), 3) };
    }
}
