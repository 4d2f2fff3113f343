namespace Digitizer.VietnameseText.Legacy;

/// <summary>Judges decoded words. Case says nothing: fonts of capitals show small letters as capitals.</summary>
internal static class DecodedWords
{
    /// <summary>The kind of a word that may have punctuation around it and hyphens or slashes in it.</summary>
    public static DecodedWord Of(string decoded)
    {
        var kind = DecodedWord.Abbreviation;
        for (var rest = decoded.AsSpan(); !rest.IsEmpty;)
        {
            var length = LettersAt(rest);
            if (length == 0)
            {
                rest = rest[1..];
                continue;
            }

            var part = rest[..length];
            rest = rest[length..];
            if (Syllables.Check(part) != SyllableCheck.None)
            {
                kind = length > 1 ? DecodedWord.Vietnamese : kind;
            }
            else if (!Abbreviations.Contains(part))
            {
                return DecodedWord.None;
            }
        }

        return kind;
    }

    private static int LettersAt(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetter(text[length]) || text[length] is >= '\u0300' and <= '\u036F'))
        {
            length++;
        }

        return length;
    }
}
