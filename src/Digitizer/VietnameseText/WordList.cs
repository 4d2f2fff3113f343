using System.Collections.Frozen;

namespace Digitizer.VietnameseText;

/// <summary>Words that can be looked up without making strings.</summary>
internal sealed class WordList
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words;

    /// <param name="words">NFC, with blanks between them.</param>
    public WordList(string words)
        => this.words = words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The words, in no order.</summary>
    public IReadOnlyCollection<string> All => words.Set;

    /// <summary>True if it has the word, case included.</summary>
    public bool Contains(ReadOnlySpan<char> word) => words.Contains(word);
}
