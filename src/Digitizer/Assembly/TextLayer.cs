using System.Globalization;
using System.Text;
using Digitizer.Recognition;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Assembly;

/// <summary>
/// The invisible words of a page as content operators (ISO 32000-1, 9.4). Each word is stretched
/// (Tz) to the width of its box and followed by a space stretched to the next word, so that
/// selection has no holes and readers that only follow characters find the spaces too.
/// </summary>
internal static class TextLayer
{
    // Largest number in a PDF/A-1 file is 32767 (ISO 19005-1, 6.1.12); only a space across a whole
    // page of very small print would pass it.
    private const double LargestStretch = 30000;
    private const double SmallStretch = 50;

    // In em: between these, what rounding adds up to is not seen. Readers drop letters that fall on others.
    private const double LeastGap = 0.1;
    private const double MostGap = 20;

    // Width of a space that nothing follows on its line, in em.
    private const double ClosingSpace = 0.25;

    /// <summary>The operators, a character a byte, or nothing for a page without words.</summary>
    public static string Content(PageFrame frame, IReadOnlyList<TextLine> lines, CharacterCodes codes)
    {
        var words = WordPlacement.Place(frame, lines);
        if (words.Count == 0)
        {
            return "";
        }

        WordSeparation.Apply(words, frame.Width);
        var content = new StringBuilder("q BT 3 Tr\n");
        var space = codes.Encode(" ");
        var pen = 0.0;
        for (var i = 0; i < words.Count; i++)
        {
            if (i == 0 || !Follows(words, i - 1))
            {
                pen = Move(content, words[i], i == 0 ? 0 : words[i - 1].FontSize, frame.Height);
            }

            // What rounding leaves out of a word, the blank behind it makes up for, so that nothing adds up.
            pen += Show(content, words[i].Right - pen, words[i].Text.EnumerateRunes().Count(), words[i].FontSize, codes.Encode(words[i].Text));
            pen += Show(content, (Follows(words, i) ? words[i + 1].Left - pen : ClosingSpace * words[i].FontSize), 1, words[i].FontSize, space);
            content.Append('\n');
        }

        return content.Append("ET Q\n").ToString();
    }

    /// <returns>Where the word begins now.</returns>
    private static double Move(StringBuilder content, PlacedWord word, double fontSize, double pageHeight)
    {
        if (Number(word.FontSize) != Number(fontSize))
        {
            content.Append(CultureInfo.InvariantCulture, $"/F1 {Number(word.FontSize)} Tf ");
        }

        content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {Number(word.Left, 2)} {Number(pageHeight - word.Baseline, 2)} Tm ");
        return Math.Round(word.Left, 2);
    }

    /// <summary>Shows characters stretched to a width.</summary>
    /// <returns>The width that they have.</returns>
    private static double Show(StringBuilder content, double width, int characters, double fontSize, string literal)
    {
        // In percent of characters of half an em. Never more than wanted, or the gap to the next word would close.
        var full = characters * GlyphlessFont.Advance * fontSize;
        var percent = Math.Min(LargestStretch, 100 * width / full);
        var digits = percent < SmallStretch ? 3 : 0;
        var stretch = Math.Floor(percent * Math.Pow(10, digits)) / Math.Pow(10, digits);
        content.Append(CultureInfo.InvariantCulture, $"{Number(stretch, digits)} Tz{literal}Tj ");
        return full * stretch / 100;
    }

    /// <summary>Whether the blank after a word ends where the next one begins: then that needs no place of its own.</summary>
    private static bool Follows(List<PlacedWord> words, int index)
        => index + 1 < words.Count && words[index + 1].Baseline == words[index].Baseline && words[index + 1].FontSize == words[index].FontSize
        && words[index + 1].Left - words[index].Right is var gap && gap >= LeastGap * words[index].FontSize && gap <= MostGap * words[index].FontSize
        && words[index].Width >= LeastGap * words[index].FontSize;
}
