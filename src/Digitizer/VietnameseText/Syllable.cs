namespace Digitizer.VietnameseText;

/// <summary>A syllable that the spelling allows, in its parts.</summary>
/// <param name="Onset">As written, case kept: <c>Ngh</c>; empty if there is none.</param>
/// <param name="Rime">The rest without tone, case kept, with circumflex, breve and horn: <c>iêng</c>; never empty.</param>
/// <param name="Tone">Its tone.</param>
internal sealed record Syllable(string Onset, string Rime, Tone Tone)
{
    /// <summary>Takes a word apart; null if it is no syllable. Mixed case and a misplaced tone do not matter.</summary>
    /// <param name="word">Without punctuation; in any normal form.</param>
    public static Syllable? Parse(string word)
    {
        if (Syllables.Check(word) == SyllableCheck.None)
        {
            return null;
        }

        var composed = NormalText.Of(word);
        Span<char> letters = stackalloc char[composed.Length];
        var tone = ToneMark.Take(composed, letters)!.Value.Tone;
        var plain = letters.ToString();
        var onset = Onsets.LengthIn(plain.ToLowerInvariant());
        return new Syllable(plain[..onset], plain[onset..], tone);
    }

    /// <summary>Puts it together.</summary>
    /// <param name="style">Where the tone of open oa, oe and uy goes.</param>
    public string Written(ToneStyle style)
    {
        var at = TonePlace.In(Rime.ToLowerInvariant(), style);
        return $"{Onset}{Rime[..at]}{Vowels.With(Rime[at], Tone)}{Rime[(at + 1)..]}";
    }
}
