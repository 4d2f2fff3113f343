using System.Text;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>
/// How the letters of Latin words go together. In any language about two letters of five are vowels, vowels and consonants take turns more
/// often than by chance, and the same ten letters are frequent; where each letter was exchanged for another, they are not.
/// </summary>
/// <param name="Words">Words of three letters or more; capitals without a vowel are abbreviations and do not count.</param>
/// <param name="Known">Share of the words of two letters or more that are Vietnamese or frequent elsewhere, 0–1.</param>
/// <param name="Vowels">Share of the letters that are vowels, 0–1.</param>
/// <param name="Vowelless">Share of the words without vowel, 0–1.</param>
/// <param name="Turns">How often a vowel follows a consonant or the other way round, by what chance would make of it: 1 is chance.</param>
/// <param name="Common">Share of the ten letters that are frequent in most languages, 0–1.</param>
internal sealed record LetterStatistics(int Words, double Known, double Vowels, double Vowelless, double Turns, double Common)
{
    // Fewer words say nothing: of fifteen words of a list, half may be names.
    private const int FewestWords = 20;

    private const double LeastKnown = 0.25;

    // No language is beyond one of these. Measured: texts of 25 languages have vowels of 0.28–0.51, turns of 1.12 (Irish) to 1.8 (Vietnamese from
    // 1.0, but its words are known), common letters of 0.44–0.87 and up to 0.32 of words without vowel (Czech); names in program code have vowels
    // of 0.24. English with letters exchanged at random has medians of 0.22, 1.07, 0.36 and 0.27.
    private const double NeverVowels = 0.20;
    private const double NeverTurns = 1.02;
    private const double NeverCommon = 0.37;
    private const double NeverVowelless = 0.5;

    // And none is beyond two of these.
    private const double SeldomVowels = 0.27;
    private const double SeldomTurns = 1.15;
    private const double SeldomCommon = 0.46;

    /// <summary>True if no language is like this. A page of few words is never.</summary>
    public bool IsNoLanguage => Words >= FewestWords && Known < LeastKnown && (HasWhatNoneHas || HasWhatFewHave);

    private bool HasWhatNoneHas => Vowels < NeverVowels || Turns < NeverTurns || Common < NeverCommon || Vowelless > NeverVowelless;

    private bool HasWhatFewHave => ((bool[])[Vowels < SeldomVowels, Turns < SeldomTurns, Common < SeldomCommon]).Count(seldom => seldom) > 1;

    /// <summary>Counts the Latin words of a page.</summary>
    public static LetterStatistics Of(IEnumerable<PageWord> words)
    {
        var all = words.Where(word => !word.HasDigit).SelectMany(word => LatinParts(word.Text)).Where(part => part.Length > 1).ToList();
        var known = all.Count(part => Syllables.Check(part) is SyllableCheck.Valid or SyllableCheck.MisplacedTone || FrequentWords.Contains(part));
        var counted = all.Where(part => part.Length > 2 && !Abbreviations.IsCapitalsWithoutVowel(part)).Select(Plain).ToList();
        var letters = counted.Sum(part => part.Length);
        var vowels = Share(counted.Sum(part => part.Count(IsVowel)), letters);
        var pairs = letters - counted.Count;
        var turns = Share(counted.Sum(TurnsIn), pairs) / Math.Max(0.01, 2 * vowels * (1 - vowels));
        return new(
            counted.Count,
            Share(known, all.Count),
            vowels,
            Share(counted.Count(part => !part.Any(IsVowel)), counted.Count),
            turns,
            Share(counted.Sum(part => part.Count(IsCommon)), letters));
    }

    private static double Share(int part, int all) => all == 0 ? 0 : (double)part / all;

    private static int TurnsIn(string part)
    {
        var turns = 0;
        for (var i = 1; i < part.Length; i++)
        {
            turns += IsVowel(part[i]) != IsVowel(part[i - 1]) ? 1 : 0;
        }

        return turns;
    }

    private static bool IsVowel(char c) => "aeiouy".Contains(c, StringComparison.Ordinal);

    private static bool IsCommon(char c) => "aeinorstlu".Contains(c, StringComparison.Ordinal);

    private static string Plain(string part)
        => Accents.Dropped(part).ToLowerInvariant().Replace('ø', 'o').Replace('ı', 'i').Replace('ł', 'l').Replace("æ", "ae", StringComparison.Ordinal)
            .Replace("œ", "oe", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace("ﬁ", "fi", StringComparison.Ordinal);

    // At a soft hyphen a word goes on; at a change from small letters to capitals (userName) another begins.
    private static IEnumerable<string> LatinParts(string text)
    {
        var part = new StringBuilder();
        foreach (var c in text)
        {
            if (c == '\u00AD')
            {
                continue;
            }

            var isLetter = Scripts.Of(c) == Script.Latin;
            if (part.Length > 0 && (!isLetter || (char.IsUpper(c) && char.IsLower(part[^1]))))
            {
                yield return part.ToString();
                part.Clear();
            }

            if (isLetter)
            {
                part.Append(c);
            }
        }

        if (part.Length > 0)
        {
            yield return part.ToString();
        }
    }
}
