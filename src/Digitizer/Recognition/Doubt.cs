using Digitizer.VietnameseText;

namespace Digitizer.Recognition;

/// <summary>Why a word is looked at again, and what would do better.</summary>
/// <param name="Text">The word, with punctuation.</param>
/// <param name="Better">Words that go with the neighbours, as <see cref="SearchKey.WithAccents"/> writes them.</param>
/// <param name="AnySyllable">True where the word is no Vietnamese: then any syllable of the same letters does.</param>
internal sealed record Doubt(string Text, IReadOnlySet<string> Better, bool AnySyllable)
{
    private const int FewestLetters = 2;
    private static readonly Phrases[] Everywhere = [Phrases.Common];
    private static readonly Phrases[] OfCapitals = [Phrases.Common, Phrases.Names];

    /// <summary>What is doubtful of a word in its line; null: nothing.</summary>
    public static Doubt? Of(IReadOnlyList<LayoutWord> line, int at)
    {
        var text = line[at].Engine.Text;
        var core = Core(text);
        if (core.Length < FewestLetters || !core.All(char.IsLetter))
        {
            return null;
        }

        var kind = WordKinds.Of(core);
        if (kind is not (WordKind.Syllable or WordKind.Implausible))
        {
            return null;
        }

        var before = at > 0 ? Neighbour(line[at - 1].Engine.Text, text) : "";
        var after = at + 1 < line.Count ? Neighbour(line[at + 1].Engine.Text, text, isAfter: true) : "";
        var better = BetterThan(core, before, after);
        var anySyllable = kind == WordKind.Implausible && !(char.IsUpper(core[0]) && core.Any(char.IsLower) && at > 0);
        return better.Count > 0 || anySyllable ? new Doubt(text, better, anySyllable) : null;
    }

    /// <summary>Text in place of the doubtful one, other accents its only difference; null if this reading is no better.</summary>
    /// <param name="reading">What the ink may be; its punctuation does not count.</param>
    public string? Accept(string reading)
    {
        var (core, better) = (Core(Text), Core(NormalText.Of(reading)));
        if (Accents.Dropped(better) != Accents.Dropped(core) || Syllables.Check(better) != SyllableCheck.Valid)
        {
            return null;
        }

        return Better.Contains(SearchKey.WithAccents(better)) || (Better.Count == 0 && AnySyllable) ? Text.Replace(core, better, StringComparison.Ordinal) : null;
    }

    /// <summary>Words that known pairs have in place of one; none if it is itself in such a pair.</summary>
    private static HashSet<string> BetterThan(string core, string before, string after)
    {
        var (key, bare) = (SearchKey.WithAccents(core), SearchKey.Of(core));
        var phrases = char.IsUpper(core[0]) ? OfCapitals : Everywhere;
        if (Array.Exists(phrases, p => p.Knows(before, key) || p.Knows(key, after)))
        {
            return [];
        }

        // What goes with any word must be contradicted from both sides.
        var (one, other) = (phrases.SelectMany(p => p.After(before, bare)), phrases.SelectMany(p => p.Before(bare, after)));
        return (Phrases.IsFrequent(key) ? one.Intersect(other) : one.Union(other)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The word beside another, as pairs have it; empty if there is punctuation between them.</summary>
    private static string Neighbour(string neighbour, string text, bool isAfter = false)
    {
        var (first, second) = isAfter ? (text, neighbour) : (neighbour, text);
        return char.IsLetter(first[^1]) && char.IsLetter(second[0]) ? SearchKey.WithAccents(Core(neighbour)) : "";
    }

    private static string Core(string text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && !char.IsLetterOrDigit(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }
}
