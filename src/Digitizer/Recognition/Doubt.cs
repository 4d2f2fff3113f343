using Digitizer.VietnameseText;

namespace Digitizer.Recognition;

/// <summary>Why a word is looked at again, and what would do better.</summary>
/// <param name="Text">The word as it was read, with its punctuation.</param>
/// <param name="Better">Words that go with the neighbours, as <see cref="SearchKey.WithAccents"/> writes them.</param>
/// <param name="AnySyllable">True where the word is no Vietnamese: then any syllable of the same letters does.</param>
internal sealed record Doubt(string Text, IReadOnlySet<string> Better, bool AnySyllable)
{
    private const int FewestLetters = 2;

    /// <summary>What is doubtful of a word in its line; null: nothing.</summary>
    /// <param name="line">The line's words.</param>
    /// <param name="at">Which of them.</param>
    public static Doubt? Of(IReadOnlyList<LayoutWord> line, int at)
    {
        var text = line[at].Engine.Text;
        var core = Core(text);
        if (core.Length < FewestLetters || !core.All(char.IsLetter))
        {
            return null;
        }

        var kind = WordKinds.Of(core);
        if (kind is not (WordKind.Syllable or WordKind.Implausible) || Phrases.IsNumeral(SearchKey.WithAccents(core)))
        {
            return null;
        }

        var better = BetterThan(core, line, at);
        var anySyllable = kind == WordKind.Implausible && !(IsTitle(core) && at > 0);
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
    private static HashSet<string> BetterThan(string core, IReadOnlyList<LayoutWord> line, int at)
    {
        var (key, bare) = (SearchKey.WithAccents(core), SearchKey.Of(core));
        var (before, after) = (Neighbour(line, at, -1), Neighbour(line, at, 1));
        if (Phrases.Knows(before, key) || Phrases.Knows(key, after))
        {
            return [];
        }

        var fromBefore = Phrases.After(before, bare).ToHashSet(StringComparer.Ordinal);
        var fromAfter = Phrases.Before(bare, after).ToHashSet(StringComparer.Ordinal);
        var fromBoth = fromBefore.Intersect(fromAfter).ToHashSet(StringComparer.Ordinal);

        // What goes with any word must be contradicted from both sides, and so must what may be part of a name.
        var better = Phrases.IsFrequent(key) ? fromBoth : [.. fromBoth, .. Sure(fromBefore, core, line, at, -1), .. Sure(fromAfter, core, line, at, 1)];
        better.RemoveWhere(Phrases.IsNumeral);
        return better;
    }

    /// <summary>
    /// Words that one neighbour calls for. Where the word has a capital it may be a name, beside which anything may stand: then the neighbour
    /// must be of a known pair on its other side too, or the word begin a sentence.
    /// </summary>
    private static HashSet<string> Sure(HashSet<string> better, string core, IReadOnlyList<LayoutWord> line, int at, int side)
    {
        if (better.Count == 0 || char.IsLower(core[0]) || (side > 0 && BeginsSentence(core, line, at)))
        {
            return better;
        }

        var neighbour = Key(line[at + side]);
        var further = Neighbour(line, at + side, side);
        return (side < 0 ? Phrases.Knows(further, neighbour) : Phrases.Knows(neighbour, further)) ? better : [];
    }

    private static bool BeginsSentence(string core, IReadOnlyList<LayoutWord> line, int at)
        => IsTitle(core) && char.IsLower(line[at + 1].Engine.Text[0]) && (at == 0 || !char.IsLetter(line[at - 1].Engine.Text[^1]));

    private static bool IsTitle(string word) => char.IsUpper(word[0]) && word.Any(char.IsLower);

    /// <summary>The word beside another, as pairs have it; empty if there is none, or punctuation between them.</summary>
    private static string Neighbour(IReadOnlyList<LayoutWord> line, int at, int side)
    {
        if (at + side < 0 || at + side >= line.Count)
        {
            return "";
        }

        var (first, second) = (line[Math.Min(at, at + side)].Engine.Text, line[Math.Max(at, at + side)].Engine.Text);
        return char.IsLetter(first[^1]) && char.IsLetter(second[0]) ? Key(line[at + side]) : "";
    }

    private static string Key(LayoutWord word) => SearchKey.WithAccents(Core(word.Engine.Text));

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
