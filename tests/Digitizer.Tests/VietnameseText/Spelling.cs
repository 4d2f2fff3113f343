using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

/// <summary>All that the table of syllables allows.</summary>
internal static class Spelling
{
    /// <summary>Every syllable with every tone that it may have.</summary>
    public static IReadOnlyList<Syllable> Toned { get; } =
    [
        .. from syllable in SyllableTable.Toneless
           from tone in Enum.GetValues<Tone>()
           where SyllableTable.Allows(syllable, tone)
           select With(syllable, tone),
    ];

    /// <summary>A syllable with any tone, allowed or not.</summary>
    public static Syllable With(string syllable, Tone tone)
    {
        var onset = Onsets.LengthIn(syllable);
        return new Syllable(syllable[..onset], syllable[onset..], tone);
    }
}
