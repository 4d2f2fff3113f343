namespace Digitizer.VietnameseText;

/// <summary>The tone of a word and the letter that carries it.</summary>
/// <param name="Tone">Ngang if no letter has a mark.</param>
/// <param name="At">Index of the letter; -1 if there is none.</param>
internal readonly record struct ToneMark(Tone Tone, int At)
{
    /// <summary>Takes the tone off a word.</summary>
    /// <param name="word">NFC; case stays.</param>
    /// <param name="letters">Receives the word without tone; as long as the word.</param>
    /// <returns>Null if several letters have one.</returns>
    public static ToneMark? Take(ReadOnlySpan<char> word, Span<char> letters)
    {
        var mark = new ToneMark(Tone.Ngang, -1);
        for (var i = 0; i < word.Length; i++)
        {
            (letters[i], var tone) = Vowels.Split(word[i]);
            if (tone != Tone.Ngang)
            {
                if (mark.At >= 0)
                {
                    return null;
                }

                mark = new ToneMark(tone, i);
            }
        }

        return mark;
    }
}
