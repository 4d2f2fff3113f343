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

    /// <summary>The operators, or nothing for a page without words.</summary>
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
        for (var i = 0; i < words.Count; i++)
        {
            if (i == 0 || !Follows(words, i - 1))
            {
                Move(content, words[i], i == 0 ? 0 : words[i - 1].FontSize, frame.Height);
            }

            Word(content, words[i], codes);
            content.Append(CultureInfo.InvariantCulture, $" {Stretch(SpaceAfter(words, i), 1, words[i].FontSize)} Tz <{space}> Tj\n");
        }

        return content.Append("ET Q\n").ToString();
    }

    private static void Move(StringBuilder content, PlacedWord word, double fontSize, double pageHeight)
    {
        if (Number(word.FontSize) != Number(fontSize))
        {
            content.Append(CultureInfo.InvariantCulture, $"/F1 {Number(word.FontSize)} Tf ");
        }

        content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {Number(word.Left)} {Number(pageHeight - word.Baseline)} Tm ");
    }

    private static void Word(StringBuilder content, PlacedWord word, CharacterCodes codes)
    {
        var hex = codes.Encode(word.Text);
        content.Append(CultureInfo.InvariantCulture, $"{Stretch(word.Width, hex.Length / 4, word.FontSize)} Tz <{hex}> Tj");
    }

    private static double SpaceAfter(List<PlacedWord> words, int index)
        => Follows(words, index) ? words[index + 1].Left - words[index].Right : ClosingSpace * words[index].FontSize;

    /// <summary>Whether the blank after a word ends where the next one begins: then that needs no place of its own.</summary>
    private static bool Follows(List<PlacedWord> words, int index)
        => index + 1 < words.Count && words[index + 1].Baseline == words[index].Baseline && words[index + 1].FontSize == words[index].FontSize
        && words[index + 1].Left - words[index].Right is var gap && gap >= LeastGap * words[index].FontSize && gap <= MostGap * words[index].FontSize
        && words[index].Width >= LeastGap * words[index].FontSize;

    private static string Stretch(double width, int characters, double fontSize)
    {
        // To a thousandth of what there is to say: words that follow each other add up.
        var percent = Math.Min(LargestStretch, Percent(width, characters, fontSize));
        return Number(percent, percent < SmallStretch ? 3 : 2);
    }

    // Percent by which characters of half an em are stretched to fill the width.
    private static double Percent(double width, int characters, double fontSize) => 100 * width / (characters * GlyphlessFont.Advance * fontSize);
}
