using System.Text;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>What stands between blanks on a page, with its punctuation, as the file says it.</summary>
internal sealed record PageWord
{
    private static readonly char[] Around = [.. "“”„‟‘’‚‛–—…•.,;:!?()[]{}\"'/"];

    private PageWord(string text)
    {
        Text = text;
        Bare = WithoutQuotes(text);
        HasDigit = text.Any(char.IsAsciiDigit);
        HasLetters = text.Any(char.IsLetter);
        HasAccent = text.Any(c => c > '\u007F' && char.IsLetter(c));
        HasUpperHalf = text.Any(c => c > '\u007F' && (CodeViews.CodeOf(c, CodeView.Windows) ?? CodeViews.CodeOf(c, CodeView.Mac)) is not null);
        IsBeyondCodePages = text.Any(c => c is 'đ' or 'Đ' || (char.IsLetter(c) && CodeViews.CodeOf(c, CodeView.Windows) is null));
        IsWord = WordKinds.Of(NormalText.Of(text)) is WordKind.Syllable or WordKind.Abbreviation or WordKind.Name;
    }

    /// <summary>NFC; never empty.</summary>
    public string Text { get; }

    /// <summary>Without the quotes, dashes and bullets around it, which are codes of letters in some encoding; may be empty.</summary>
    public string Bare { get; }

    /// <summary>It has one of 0–9.</summary>
    public bool HasDigit { get; }

    /// <summary>It has a letter of any script.</summary>
    public bool HasLetters { get; }

    /// <summary>It has a letter that is not ASCII.</summary>
    public bool HasAccent { get; }

    /// <summary>It has a character that may come of a code of 0x80 or more.</summary>
    public bool HasUpperHalf { get; }

    /// <summary>It has a letter that no reader makes of such a code: whoever wrote it knew Unicode.</summary>
    public bool IsBeyondCodePages { get; }

    /// <summary>It is right Vietnamese, an abbreviation or a known name as it stands.</summary>
    public bool IsWord { get; }

    /// <summary>Takes text apart at blanks.</summary>
    /// <param name="texts">Words or lines, in any normal form; what is no valid UTF-16 becomes U+FFFD.</param>
    public static IReadOnlyList<PageWord> Of(IEnumerable<string> texts)
        => [.. from text in texts
               from word in Valid(text).Normalize(NormalizationForm.FormC).Split((char[]?)[' ', '\t', '\n', '\r', '\f', '\u00A0', '\u2002', '\u2003', '\u2009', '\u202F', '\u3000'], StringSplitOptions.RemoveEmptyEntries)
               select new PageWord(word)];

    // « and » are frequent letters at one end; at both ends they are quotes.
    private static string WithoutQuotes(string text)
    {
        var bare = text.Trim(Around);
        return bare is [('«' or '»') and var open, .. var quoted, ('«' or '»') and var close] && open != close ? quoted : bare;
    }

    // Normalize throws at halves of pairs and at what is no character.
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            valid.Append(rune.Value is 0xFFFE or 0xFFFF or (>= 0xFDD0 and <= 0xFDEF) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return valid.ToString();
    }
}
