namespace Digitizer.VietnameseText.Legacy;

/// <summary>
/// Text in which every code is off by the same number. It comes of fonts whose glyph numbers were taken for characters: in most
/// TrueType fonts the glyph of a character of ASCII has its code less 29.
/// </summary>
internal static class ShiftedCodes
{
    private const int Furthest = 64;
    private const int ShortestWord = 3;
    private const int LeastKinds = 5;

    // Of right words a third and more are known; of shifted ones hardly any is.
    private const int ThirdOf = 3;

    /// <summary>True if a shift makes words of what is none.</summary>
    public static bool AreIn(IReadOnlyCollection<PageWord> words)
    {
        // Both ends may be commas and full stops, which have become what nobody knows.
        var candidates = words.Select(word => word.Text).Where(text => text.Length >= ShortestWord && text.All(c => c is > ' ' and < '\u007F')).ToList();
        var known = candidates.Count(IsKnown);
        return candidates.Count >= LeastKinds && 5 * known < candidates.Count
            && Enumerable.Range(-Furthest, (2 * Furthest) + 1).Where(shift => shift != 0).Any(shift => MakesWords(candidates, shift));
    }

    private static bool MakesWords(List<string> candidates, int shift)
    {
        var made = candidates.Where(text => IsKnown(string.Concat(text.Select(c => (char)(c + shift))))).ToList();
        return ThirdOf * made.Count >= candidates.Count && made.Distinct(StringComparer.Ordinal).Count() >= LeastKinds;
    }

    private static bool IsKnown(string word)
        => word.Length >= ShortestWord && word.All(char.IsAsciiLetter) && (Syllables.IsValid(word) || FrequentWords.Contains(word));
}
