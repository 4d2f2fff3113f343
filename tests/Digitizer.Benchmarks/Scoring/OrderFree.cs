namespace Digitizer.Benchmarks.Scoring;

/// <summary>Errors of a reading whose lines may stand in any order.</summary>
internal static class OrderFree
{
    // With more errors than this share of its length a line was not found, but something else was.
    private const double MostErrors = .6;
    private const int Taken = 0;

    /// <summary>
    /// Each line of the truth, the longest first, is taken out of the reading where it fits best. What
    /// was not found and what is left over pair up as substitutions; the rest was left out or added.
    /// </summary>
    /// <param name="lines">Of the truth, folded.</param>
    /// <param name="read">Folded.</param>
    public static int Distance(IEnumerable<string> lines, string read)
    {
        var left = ComparedText.Characters(read);
        var (errors, missing) = (0, 0);
        foreach (var line in lines.Select(ComparedText.Characters).Where(line => line.Length > 0).OrderByDescending(line => line.Length))
        {
            var (distance, start, end) = Find(line, left);
            if (distance >= MostErrors * line.Length)
            {
                missing += line.Length;
                continue;
            }

            errors += distance;
            left = [.. left[..start], Taken, .. left[end..]];
        }

        return errors + Math.Max(missing, left.Count(c => c != Taken && c != ' '));
    }

    private static (int Distance, int Start, int End) Find(int[] line, int[] text)
    {
        if (text.AsSpan().IndexOf(line) is >= 0 and var at)
        {
            return (0, at, at + line.Length);
        }

        var (distance, end) = EditDistance.BestFit(line, text);

        // Backwards from its end the same match shows where it starts.
        var length = EditDistance.BestFit(Reversed(line), Reversed(text[Math.Max(0, end - (2 * line.Length))..end])).End;
        return (distance, end - length, end);
    }

    private static int[] Reversed(int[] symbols)
    {
        var reversed = (int[])symbols.Clone();
        Array.Reverse(reversed);
        return reversed;
    }
}
