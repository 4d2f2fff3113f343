using Digitizer.Recognition;

namespace Digitizer.Benchmarks.Scoring;

/// <summary>Edit distances between rows of symbols: characters or words.</summary>
internal static class EditDistance
{
    /// <summary>Least number of insertions, deletions and substitutions that turn one into the other.</summary>
    public static int Between(ReadOnlySpan<int> a, ReadOnlySpan<int> b) => DistanceColumn.Distance(a, b);

    /// <summary>As <see cref="Between(ReadOnlySpan{int}, ReadOnlySpan{int})"/>, by words.</summary>
    public static int Between(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return Between(Number(a), Number(b));

        int[] Number(IReadOnlyList<string> words)
        {
            var row = new int[words.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = numbers.TryGetValue(words[i], out var known) ? known : numbers[words[i]] = numbers.Count;
            }

            return row;
        }
    }

    /// <summary>Where a pattern fits best in a text, with how many errors: the first of several such ends.</summary>
    /// <param name="pattern">At least one symbol.</param>
    /// <param name="text">May be empty: then everything is missing.</param>
    public static (int Distance, int End) BestFit(ReadOnlySpan<int> pattern, ReadOnlySpan<int> text)
    {
        var column = new DistanceColumn(pattern);
        var distance = pattern.Length;
        var best = (Distance: distance, End: 0);
        for (var i = 0; i < text.Length && best.Distance > 0; i++)
        {
            distance += column.Advance(text[i], 0);
            best = distance < best.Distance ? (distance, i + 1) : best;
        }

        return best;
    }
}
