namespace Digitizer.VietnameseText;

/// <summary>The consonants that a syllable starts with, as they are written.</summary>
internal static class Onsets
{
    private static readonly string[] LongestFirst =
    [
        "ngh",
        "ch", "gh", "kh", "ng", "nh", "ph", "qu", "th", "tr",
        "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
    ];

    /// <summary>How many letters of a word are its onset; 0 if it starts with the rime.</summary>
    /// <param name="word">Small letters without tone. The i of <c>gi</c> belongs to the rime if no other vowel follows: gì, gìn.</param>
    public static int LengthIn(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("gi") && word.Length > 2 && Vowels.Contains(word[2]))
        {
            return 2;
        }

        foreach (var onset in LongestFirst)
        {
            if (word.StartsWith(onset))
            {
                return onset.Length;
            }
        }

        return 0;
    }
}
