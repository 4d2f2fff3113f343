namespace Digitizer.VietnameseText;

/// <summary>Judges single words, in no context.</summary>
internal static class WordKinds
{
    // Lists rarely reach further, while l, r and v also come of strokes.
    private const string ListLetters = "bcdđghk";

    // H'Hen, K'Ho, M'Drắk, R'Lấp: names of the highlands.
    private const string LettersBeforeApostrophe = "BDHKMNR";

    private const int LongestRoman = 6;

    /// <summary>What a word seems to be.</summary>
    /// <param name="token">What stands between blanks, with its punctuation; as <see cref="NormalText"/> writes it.</param>
    public static WordKind Of(ReadOnlySpan<char> token)
    {
        var start = 0;
        while (start < token.Length && !IsOfWord(token[start]))
        {
            start++;
        }

        var end = token.Length;
        while (end > start && !IsOfWord(token[end - 1]))
        {
            end--;
        }

        var word = token[start..end];
        return word.IsEmpty ? WordKind.Punctuation
            : HasDigit(word) || IsRoman(word) || IsAddress(word) || IsOfList(word, token[end..]) ? WordKind.Code
            : Abbreviations.Contains(word) ? WordKind.Abbreviation
            : IsNameWithApostrophe(word) ? WordKind.Name
            : OfParts(word);
    }

    private static WordKind OfParts(ReadOnlySpan<char> word)
    {
        var kind = WordKind.Syllable;
        for (var rest = word; !rest.IsEmpty && kind != WordKind.Implausible;)
        {
            var length = 0;
            while (length < rest.Length && (IsOfWord(rest[length]) || IsApostrophe(rest[length])))
            {
                length++;
            }

            var part = length == 0 ? kind : OfPart(rest[..length]);
            kind = part > kind ? part : kind;
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        return kind;
    }

    private static WordKind OfPart(ReadOnlySpan<char> part)
        => IsRoman(part) ? WordKind.Code
            : Syllables.Check(part) is SyllableCheck.Valid or SyllableCheck.MisplacedTone ? WordKind.Syllable
            : Abbreviations.Contains(part) ? WordKind.Abbreviation
            : ForeignWords.Contains(part) ? WordKind.Name
            : WordKind.Implausible;

    /// <summary>A mark without its letter is part of a word too: of a wrong one.</summary>
    private static bool IsOfWord(char c) => char.IsLetter(c) || char.IsNumber(c) || c is >= '\u0300' and <= '\u036F';

    private static bool IsApostrophe(char c) => c is '\'' or '’';

    private static bool HasDigit(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsNumber(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAddress(ReadOnlySpan<char> word)
        => word.Contains('@') || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith(".vn", StringComparison.OrdinalIgnoreCase) || word.Contains("://", StringComparison.Ordinal);

    /// <summary><c>a)</c> and <c>b.</c> at the head of a paragraph, b in <c>điểm b</c>.</summary>
    private static bool IsOfList(ReadOnlySpan<char> word, ReadOnlySpan<char> after)
        => word.Length == 1 && (after.StartsWith(")") || (char.IsLower(word[0]) && (after.StartsWith(".") || ListLetters.Contains(word[0]))));

    // X alone is xã.
    private static bool IsRoman(ReadOnlySpan<char> word) => word is not "X" && word.Length <= LongestRoman && !word.ContainsAnyExcept("IVX");

    private static bool IsNameWithApostrophe(ReadOnlySpan<char> word)
        => word.Length > 3 && IsApostrophe(word[1]) && LettersBeforeApostrophe.Contains(word[0]) && IsOneWord(word[2..]);

    private static bool IsOneWord(ReadOnlySpan<char> letters)
    {
        foreach (var c in letters)
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return true;
    }
}
