namespace Digitizer.VietnameseText;

/// <summary>How well the words of a line go together with Vietnamese: a measure of how well they were read.</summary>
/// <param name="Words">Words that count: numbers, codes and punctuation do not.</param>
/// <param name="Syllables">Those that are Vietnamese syllables.</param>
/// <param name="Abbreviations">Those that are known abbreviations.</param>
/// <param name="Names">Those that are known names and loan words.</param>
/// <param name="Suspicious">Those that are nothing of these.</param>
internal sealed record Plausibility(int Words, int Syllables, int Abbreviations, int Names, int Suspicious)
{
    /// <summary>Share of the words that are not suspicious, 0–1; 1 if no word counts, since nothing speaks against the line.</summary>
    public double Share => Words == 0 ? 1 : (double)(Words - Suspicious) / Words;

    /// <summary>Judges a line, or any text.</summary>
    /// <param name="line">In any normal form.</param>
    public static Plausibility Of(string line)
    {
        var (syllables, abbreviations, names, suspicious) = (0, 0, 0, 0);
        for (var rest = NormalText.Of(line).AsSpan().TrimStart(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            var length = LengthOfFirst(rest);
            switch (WordKinds.Of(rest[..length]))
            {
                case WordKind.Syllable:
                    syllables++;
                    break;
                case WordKind.Abbreviation:
                    abbreviations++;
                    break;
                case WordKind.Name:
                    names++;
                    break;
                case WordKind.Implausible:
                    suspicious++;
                    break;
                case WordKind.Code or WordKind.Punctuation:
                    break;
            }

            rest = rest[length..];
        }

        return new Plausibility(syllables + abbreviations + names + suspicious, syllables, abbreviations, names, suspicious);
    }

    private static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length]))
        {
            length++;
        }

        return length;
    }
}
