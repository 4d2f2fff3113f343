using System.Collections.Frozen;

namespace Digitizer.VietnameseText;

/// <summary>Checks words by the rules of spelling. It knows what can be written, not what means something.</summary>
internal static class Syllables
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Toneless
        = SyllableTable.Toneless.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int Longest = SyllableTable.Toneless.Max(syllable => syllable.Length);

    /// <summary>True for a syllable in small letters, in capitals, or with a capital first, its tone in the old or the new style.</summary>
    /// <param name="word">Without punctuation; in any normal form.</param>
    public static bool IsValid(ReadOnlySpan<char> word) => Check(word) == SyllableCheck.Valid;

    /// <summary>The same, with the reason why not.</summary>
    public static SyllableCheck Check(ReadOnlySpan<char> word)
        => NormalText.HasCombining(word) ? CheckComposed(NormalText.Of(word.ToString())) : CheckComposed(word);

    private static SyllableCheck CheckComposed(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest)
        {
            return SyllableCheck.None;
        }

        Span<char> letters = stackalloc char[Longest];
        letters = letters[..word.Length];
        var mark = ToneMark.Take(word, letters);
        var isWritten = LetterCase.IsWritten(letters);
        LetterCase.Lower(letters);
        return mark is not { } tone || !Toneless.Contains(letters) || !SyllableTable.Allows(letters, tone.Tone) ? SyllableCheck.None
            : !isWritten ? SyllableCheck.MixedCase
            : tone.At < 0 || IsPlace(letters, tone.At) ? SyllableCheck.Valid
            : SyllableCheck.MisplacedTone;
    }

    private static bool IsPlace(ReadOnlySpan<char> letters, int at)
    {
        var onset = Onsets.LengthIn(letters);
        var rime = letters[onset..];
        return at == onset + TonePlace.In(rime, ToneStyle.Old) || at == onset + TonePlace.In(rime, ToneStyle.New);
    }
}
