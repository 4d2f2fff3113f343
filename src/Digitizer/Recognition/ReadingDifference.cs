using System.Text;

namespace Digitizer.Recognition;

/// <summary>How far two readings of one page differ.</summary>
/// <param name="Rate">Characters by which they differ, of those of the first: 0 = none. Blanks count.</param>
/// <param name="SameNumbers">True if all words with digits are the same in both, whatever their order and punctuation.</param>
/// <param name="SameTicks">True if the boxes that are to be ticked are the same in both, in their order.</param>
internal sealed record ReadingDifference(double Rate, bool SameNumbers, bool SameTicks)
{
    /// <summary>Compares.</summary>
    /// <param name="first">What was read first.</param>
    /// <param name="second">What was read then.</param>
    public static ReadingDifference Of(PageText first, PageText second)
    {
        var (a, b) = (Characters(first), Characters(second));
        return new ReadingDifference(
            (double)DistanceColumn.Distance(a, b) / Math.Max(1, a.Length),
            Numbers(first).SequenceEqual(Numbers(second)),
            Boxes(first).SequenceEqual(Boxes(second)));
    }

    private static int[] Characters(PageText text)
        => [.. string.Join('\n', text.Lines.Select(line => string.Join(' ', line.Words.Select(word => word.Text)))).EnumerateRunes().Select(rune => rune.Value)];

    private static IEnumerable<string> Numbers(PageText text) => Words(text)
        .Where(word => word.Any(char.IsAsciiDigit))
        .Select(word => string.Concat(word.EnumerateRunes().Where(Rune.IsLetterOrDigit)))
        .Order(StringComparer.Ordinal);

    // Not sorted: a tick that moves from one box to another changes the answer.
    private static IEnumerable<char> Boxes(PageText text) => Words(text).SelectMany(word => word).Where(CheckBoxes.IsBox);

    private static IEnumerable<string> Words(PageText text) => text.Lines.SelectMany(line => line.Words).Select(word => word.Text);
}
