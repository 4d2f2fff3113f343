namespace Digitizer.VietnameseText;

/// <summary>Where the tone mark is written.</summary>
internal static class TonePlace
{
    /// <summary>The letter of a rime that carries the tone.</summary>
    /// <param name="rime">Small letters without tone; <c>qu</c> and <c>gi</c> belong to the onset.</param>
    /// <param name="style">Matters for open oa, oe and uy.</param>
    /// <returns>Its index.</returns>
    public static int In(ReadOnlySpan<char> rime, ToneStyle style)
    {
        // ươ carries it on ơ, so ư comes second.
        if (rime.LastIndexOfAny("ăâêôơ") is >= 0 and var marked)
        {
            return marked;
        }

        if (rime.IndexOf('ư') is >= 0 and var horned)
        {
            return horned;
        }

        var vowels = 1;
        while (vowels < rime.Length && Vowels.Contains(rime[vowels]))
        {
            vowels++;
        }

        return vowels switch
        {
            1 => 0,
            2 when vowels < rime.Length => 1,
            2 when IsOpenPair(rime[0], rime[1]) => style == ToneStyle.Old ? 0 : 1,
            2 => 0,
            _ => 1,
        };
    }

    /// <summary>
    /// Writes the tones of open oa, oe and uy in one style: hoà ↔ hòa; quý and toàn stay. For keys and
    /// for comparing only: stored text keeps the style of the paper, as names do.
    /// </summary>
    /// <param name="text">NFC. A capital after a small letter is left alone: no word is written so.</param>
    /// <param name="style">The style of the result.</param>
    public static string Restyled(string text, ToneStyle style)
    {
        char[]? restyled = null;
        for (var i = 0; i < text.Length - 1; i++)
        {
            var (first, firstTone) = Vowels.Split(text[i]);
            var (second, secondTone) = Vowels.Split(text[i + 1]);
            var (leaves, stays) = style == ToneStyle.Old ? (secondTone, firstTone) : (firstTone, secondTone);
            if (leaves != Tone.Ngang && stays == Tone.Ngang
                && IsOpenPair(char.ToLowerInvariant(first), char.ToLowerInvariant(second)) && !(char.IsLower(first) && char.IsUpper(second))
                && !(i > 0 && text[i - 1] is 'q' or 'Q') && EndsWord(text, i + 2))
            {
                restyled ??= text.ToCharArray();
                restyled[i] = Vowels.With(first, style == ToneStyle.Old ? leaves : Tone.Ngang);
                restyled[i + 1] = Vowels.With(second, style == ToneStyle.Old ? Tone.Ngang : leaves);
            }
        }

        return restyled is null ? text : new string(restyled);
    }

    private static bool IsOpenPair(char first, char second) => (first, second) is ('o', 'a') or ('o', 'e') or ('u', 'y');

    private static bool EndsWord(string text, int at)
        => at == text.Length || !(char.IsLetter(text[at]) || char.IsNumber(text[at]) || text[at] == '_');
}
