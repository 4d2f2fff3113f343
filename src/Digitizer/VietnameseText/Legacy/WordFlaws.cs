using System.Globalization;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>Finds what is wrong with single words. A flaw of one word says little: names and formulas have them.</summary>
internal static class WordFlaws
{
    private const int LongestSyllable = 7;

    // Between letters: l·l in Catalan, and what joins words or is written as an exponent.
    private const string SignsOfText = "·’‘“”–—…•«»‹›°ºª²³¹€™®©";

    /// <summary>The worst flaw.</summary>
    public static WordFlaw Of(PageWord word)
    {
        var text = word.Text.AsSpan();
        return LacksCharacters(word) ? WordFlaw.NoCharacter
            : !word.HasLetters || word.HasDigit ? WordFlaw.None
            : HasMixedScripts(text) ? WordFlaw.MixedScripts
            : HasSignAmongLetters(text) ? WordFlaw.SignAmongLetters
            : HasOddCase(text) ? WordFlaw.OddCase
            : IsWrongVietnamese(word) ? WordFlaw.WrongVietnamese
            : WordFlaw.None;
    }

    // One alone, or one repeated, is a bullet, a box to tick, a leader: their fonts have no characters for them.
    private static bool LacksCharacters(PageWord word)
    {
        var lacking = word.Text.Where(IsNoCharacter).ToList();
        return lacking.Count > 0 && (word.HasLetters || lacking.Distinct().Count() > 1 || (lacking.Count > 1 && lacking[0] == '\uFFFD'));
    }

    private static bool IsNoCharacter(char c)
        => c == '\uFFFD' || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool HasSignAmongLetters(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (IsSign(text[i]) && IsLatin(text[i - 1]) && IsLatin(text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSign(char c)
        => c > '\u007F' && !SignsOfText.Contains(c, StringComparison.Ordinal)
            && (c is '¡' or '¿' or '§' or '¶' || char.GetUnicodeCategory(c) is UnicodeCategory.MathSymbol or UnicodeCategory.OtherSymbol
                or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherNumber);

    private static bool IsLatin(char c) => Scripts.Of(c) == Script.Latin;

    // A word of Chinese may have a Latin one in it, and µ, Δ and Ω are signs; two letters each of two alphabets, with nothing between, are no word.
    private static bool HasMixedScripts(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Enum.GetValues<Script>().Length];
        foreach (var c in text)
        {
            var script = Scripts.Of(c);
            if (script == Script.None)
            {
                counts.Clear();
                continue;
            }

            counts[(int)script]++;
            if (Alphabets(counts) > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static int Alphabets(ReadOnlySpan<int> counts)
    {
        var alphabets = 0;
        foreach (var script in (ReadOnlySpan<Script>)[Script.Latin, Script.Greek, Script.Cyrillic, Script.OtherAlphabet])
        {
            alphabets += counts[(int)script] > 1 ? 1 : 0;
        }

        return alphabets;
    }

    // getUserName and McDonald change too, but in ASCII, and into words.
    private static bool HasOddCase(ReadOnlySpan<char> text)
    {
        var (changes, accents, shortest, length) = (0, 0, int.MaxValue, 0);
        for (var i = 0; i < text.Length; i++)
        {
            accents += text[i] > '\u007F' ? 1 : 0;
            if (i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]) && IsLatin(text[i - 1]))
            {
                changes++;
                shortest = Math.Min(shortest, length);
                length = 0;
            }

            length++;
        }

        return changes > 0 && (accents > 0 || (changes > 1 && Math.Min(shortest, length) == 1));
    }

    private static bool IsWrongVietnamese(PageWord word)
        => word.Text.Any(IsOnlyVietnamese) && !word.IsWord && word.Text.Count(char.IsLetter) <= LongestSyllable && word.Text.All(c => char.IsLetter(c) || char.IsPunctuation(c));

    /// <summary>Letters that hardly another language of Latin letters has: ạ–ỹ, ơ, ư without those of Yoruba, Igbo, Guaraní and Welsh.</summary>
    public static bool IsOnlyVietnamese(char c)
        => c is ((>= 'Ạ' and <= 'ỹ') or 'ơ' or 'Ơ' or 'ư' or 'Ư') and not ('ẹ' or 'Ẹ' or 'ọ' or 'Ọ' or 'ị' or 'Ị' or 'ụ' or 'Ụ' or 'ẽ' or 'Ẽ' or 'ỹ' or 'Ỹ' or 'ỳ' or 'Ỳ');
}
