namespace Digitizer.VietnameseText.Legacy;

/// <summary>Whether the text layer of a page can be kept. It looks at the text alone; <see cref="TextAgreement"/> compares it with what the page shows.</summary>
/// <param name="Verdict">What it is.</param>
/// <param name="Encoding">In which encoding, if legacy.</param>
/// <param name="Words">Words with letters; numbers, bullets and leaders say nothing.</param>
/// <param name="Share">Share of them that are plausible as they stand, 0–1; 1 if there are none.</param>
/// <param name="Reason">Why it is not kept (see <see cref="TextReason"/>); null if nothing speaks against it.</param>
internal sealed record TextTrust(TextVerdict Verdict, LegacyEncoding? Encoding, int Words, double Share, string? Reason)
{
    private const int FewestWords = 4;

    // By chance one word or another becomes Vietnamese (Norwegian på is pạ in VPS), but not most of a page.
    private const int LeastKinds = 3;
    private const int LeastForPerAgainst = 2;
    private const double LeastLegacy = 0.2;
    private const double LeastVietnamese = 0.4;

    // A few legacy lines on a page of Unicode.
    private const int LeastKindsOfPart = 6;
    private const double LeastLegacyOfPart = 0.04;

    private const int LeastLacking = 2;
    private const double MostLacking = 0.03;
    private const int LeastFlawed = 4;
    private const double MostFlawed = 0.2;
    private const int LeastWrongVietnamese = 5;
    private const double MostWrongVietnamese = 0.25;

    /// <summary>Judges the text of one page.</summary>
    /// <param name="texts">Its words or lines, in any order, as they were taken from the file and not yet normalized: soft hyphens matter.</param>
    /// <param name="fontNames">Names of the fonts that it uses, as in the file; may be empty. A name alone never condemns a page.</param>
    public static TextTrust Judge(IEnumerable<string> texts, IEnumerable<string> fontNames)
    {
        var words = PageWord.Of(texts);
        var flaws = words.Select(WordFlaws.Of).ToList();
        var counted = words.Zip(flaws).Count(word => word.First.HasLetters || word.Second == WordFlaw.NoCharacter);
        return Legacy(words, [.. fontNames.Select(LegacyFonts.EncodingOf).OfType<LegacyEncoding>()], counted)
            ?? Broken(words, flaws, counted)
            ?? new(counted < FewestWords && !words.Any(word => word.Text.Any(c => Scripts.Of(c) == Script.Joined)) ? TextVerdict.TooLittle : TextVerdict.Trusted, null, counted, ShareOf(counted, flaws.Count(flaw => flaw != WordFlaw.None)), null);
    }

    private static TextTrust? Legacy(IReadOnlyList<PageWord> words, HashSet<LegacyEncoding> ofFonts, int counted)
    {
        var sound = words.Count(word => word.IsWord);
        var best = LegacyReading.All(words).Where(reading => IsLegacy(reading, ofFonts.Contains(reading.Encoding), counted, sound))
            .OrderByDescending(reading => reading.For - reading.Against).ThenByDescending(reading => ofFonts.Contains(reading.Encoding)).FirstOrDefault();
        return best is null ? null : new(TextVerdict.Legacy, best.Encoding, counted, ShareOf(counted, best.For), TextReason.Of(best.Encoding));
    }

    private static bool IsLegacy(LegacyReading reading, bool isOfFont, int counted, int sound)
    {
        var isWhole = reading.Kinds >= (isOfFont ? 1 : LeastKinds) && reading.For >= LeastLegacy * counted;
        var isPart = reading.Kinds >= LeastKindsOfPart && reading.For >= LeastLegacyOfPart * counted;
        return (isWhole || isPart) && reading.For >= LeastForPerAgainst * reading.Against && reading.For + sound >= LeastVietnamese * counted;
    }

    private static TextTrust? Broken(IReadOnlyList<PageWord> words, List<WordFlaw> flaws, int counted)
    {
        var lacking = flaws.Count(flaw => flaw == WordFlaw.NoCharacter);
        var flawed = flaws.Count(flaw => flaw != WordFlaw.None);
        var wrong = flaws.Count(flaw => flaw == WordFlaw.WrongVietnamese);
        var vietnamese = words.Count(word => word.Text.Any(WordFlaws.IsOnlyVietnamese));
        var letters = LetterStatistics.Of(words);
        return (lacking >= LeastLacking && lacking >= MostLacking * counted)
            || (flawed >= LeastFlawed && flawed >= MostFlawed * counted)
            || (wrong >= LeastWrongVietnamese && wrong >= MostWrongVietnamese * vietnamese)
            ? new(TextVerdict.Broken, null, counted, ShareOf(counted, flawed), TextReason.Broken)
            : letters.IsNoLanguage || ShiftedCodes.AreIn(words)
            ? new(TextVerdict.Broken, null, counted, letters.Known, TextReason.Broken)
            : null;
    }

    private static double ShareOf(int counted, int flawed) => counted == 0 ? 1 : Math.Max(0, (double)(counted - flawed) / counted);
}
