using System.Text;
using Digitizer.VietnameseText;

namespace Digitizer.Recognition;

/// <summary>Why a word is looked at again, and what would do better.</summary>
/// <param name="Bare">The word's letters without accents, as <see cref="SearchKey.Of"/> writes them.</param>
/// <param name="Better">Words that go with the neighbours, as <see cref="SearchKey.WithAccents"/> writes them.</param>
/// <param name="AnySyllable">True where the word is no Vietnamese: then any syllable of the same letters does.</param>
internal sealed record Doubt(string Bare, IReadOnlySet<string> Better, bool AnySyllable)
{
    private const int FewestLetters = 2;

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

        var key = SearchKey.WithAccents(core);
        var before = at > 0 && EndsInLetter(line[at - 1].Engine.Text) && StartsWithLetter(text) ? SearchKey.WithAccents(Core(line[at - 1].Engine.Text)) : "";
        var after = at + 1 < line.Count && EndsInLetter(text) && StartsWithLetter(line[at + 1].Engine.Text) ? SearchKey.WithAccents(Core(line[at + 1].Engine.Text)) : "";
        var bare = SearchKey.Of(core);
        var better = Phrases.Knows(before, key) || Phrases.Knows(key, after) ? [] : FittingWith(before, key, bare, after);
        var anySyllable = kind == WordKind.Implausible && !(char.IsUpper(core[0]) && core.Any(char.IsLower) && at > 0);
        return better.Count > 0 || anySyllable ? new Doubt(bare, better, anySyllable) : null;
    }

    // What goes with any word must be contradicted from both sides.
    private static HashSet<string> FittingWith(string before, string key, string bare, string after)
    {
        var (one, other) = (Phrases.After(before, bare), Phrases.Before(bare, after));
        return (Phrases.IsFrequent(key) ? one.Intersect(other) : one.Union(other)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Text in place of the doubtful one, NFC; null if this reading is no better.</summary>
    /// <param name="reading">What the ink may be, with punctuation.</param>
    public string? Accept(string reading)
    {
        var text = reading.Normalize(NormalizationForm.FormC);
        var core = Core(text);
        if (SearchKey.Of(core) != Bare || Syllables.Check(core) != SyllableCheck.Valid)
        {
            return null;
        }

        return Better.Contains(SearchKey.WithAccents(core)) || (Better.Count == 0 && AnySyllable) ? text : null;
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

    private static bool EndsInLetter(string text) => char.IsLetter(text[^1]);

    private static bool StartsWithLetter(string text) => char.IsLetter(text[0]);
}
