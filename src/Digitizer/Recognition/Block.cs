using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>What the reading order moves as one: a word, or a table with its lines in order.</summary>
internal sealed record Block(PixBox Box, IReadOnlyList<List<LayoutWord>> Lines, LayoutWord? Word = null)
{
    public static Block Of(LayoutWord word) => new(word.Box, [], word);
}
