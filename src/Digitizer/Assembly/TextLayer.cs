using System.Globalization;
using System.Text;
using Digitizer.Pages;
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
        var content = new StringBuilder("q BT /F1 1 Tf 3 Tr\n");
        var space = codes.Encode(" ");
        for (var i = 0; i < words.Count; i++)
        {
            Word(content, words[i], frame.Height, codes);
            content.Append(CultureInfo.InvariantCulture, $" {Stretch(SpaceAfter(words, i), 1, words[i].FontSize)} Tz <{space}> Tj\n");
        }

        return content.Append("ET Q\n").ToString();
    }

    private static void Word(StringBuilder content, PlacedWord word, double pageHeight, CharacterCodes codes)
    {
        var hex = codes.Encode(word.Text);
        content.Append(
            CultureInfo.InvariantCulture,
            $"/F1 {Number(word.FontSize)} Tf 1 0 0 1 {Number(word.Left)} {Number(pageHeight - word.Baseline)} Tm ");
        content.Append(CultureInfo.InvariantCulture, $"{Stretch(word.Width, hex.Length / 4, word.FontSize)} Tz <{hex}> Tj");
    }

    private static double SpaceAfter(List<PlacedWord> words, int index)
    {
        var word = words[index];
        var followsOnLine = index + 1 < words.Count && words[index + 1].Baseline == word.Baseline && words[index + 1].Left > word.Right;
        return followsOnLine ? words[index + 1].Left - word.Right : ClosingSpace * word.FontSize;
    }

    // Percent by which characters of half an em are stretched to fill the width.
    private static string Stretch(double width, int characters, double fontSize)
        => Number(Math.Min(LargestStretch, 100 * width / (characters * GlyphlessFont.Advance * fontSize)));
}
