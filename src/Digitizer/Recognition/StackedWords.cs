using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Words of one line that stand below each other: numbers of a list that the engine took for a line that runs down.</summary>
internal static class StackedWords
{
    private const double SureConfidence = 90;

    /// <summary>The words without such ones. Those that the engine is sure of stay.</summary>
    /// <param name="words">In the engine's order.</param>
    public static IEnumerable<EngineWord> LeftOut(IReadOnlyList<EngineWord> words)
        => words.Where((word, i) => word.Confidence >= SureConfidence || !(FollowsBelow(words, i) || FollowsBelow(words, i + 1)));

    /// <summary>True if a word stands below or above the one before it in its line.</summary>
    private static bool FollowsBelow(IReadOnlyList<EngineWord> words, int at)
        => at > 0 && at < words.Count && !words[at].StartsLine && AreStacked(words[at - 1].Box, words[at].Box);

    private static bool AreStacked(PixBox a, PixBox b)
        => 2 * (Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X)) >= Math.Min(a.Width, b.Width) && (a.Bottom <= b.Y || b.Bottom <= a.Y);
}
