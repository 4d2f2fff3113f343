using System.Text;

namespace Digitizer.VietnameseText;

/// <summary>The one form in which text is kept, whatever engine or file it comes from.</summary>
internal static class NormalText
{
    /// <summary>NFC with the right Đ and đ, plain blanks, and nothing that has no width.</summary>
    public static string Of(string text) => IsNormal(text) ? text : Folded(text, dashes: false);

    /// <summary>The same for a code: long dashes are hyphens too. In a sentence a dash is not a hyphen.</summary>
    public static string OfCode(string code) => Folded(code, dashes: true);

    /// <summary>True if there are marks that NFC may join to the letter before.</summary>
    public static bool HasCombining(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\u0300', '\u036F');

    // Vietnamese text mostly is: all letters below U+0300, the accented ones, and punctuation are NFC by themselves.
    private static bool IsNormal(string text)
    {
        foreach (var c in text)
        {
            if (!(c < '\u0300' || c is >= 'Ạ' and <= 'ỹ' or >= '\u2010' and <= '\u2027') || Fold(c, dashes: false) != c)
            {
                return false;
            }
        }

        return true;
    }

    // Before NFC: what has no width may stand between a letter and its mark.
    private static string Folded(string text, bool dashes)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Fold(c, dashes) is { } kept)
            {
                folded.Append(kept);
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static char? Fold(char c, bool dashes) => c switch
    {
        // Eth and African D look like the letter and come from other code pages.
        '\u00D0' or '\u0189' => 'Đ',
        '\u00F0' or '\u0256' => 'đ',

        // Blanks that do not break: any, of a figure's width, narrow.
        '\u00A0' or '\u2007' or '\u202F' => ' ',

        // Soft hyphen; zero-width blank, non-joiner and joiner; word joiner; byte order mark.
        '\u00AD' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF' => null,
        (>= '\u2010' and <= '\u2015') or '\u2212' when dashes => '-',
        _ => c,
    };
}
