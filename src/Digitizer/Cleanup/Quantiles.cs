namespace Digitizer.Cleanup;

/// <summary>Quantiles of small whole numbers that were counted.</summary>
internal static class Quantiles
{
    /// <summary>The median, told to less than one as if each number stood for the half below and above it; 0 if nothing was counted.</summary>
    /// <param name="counts">How often each number occurs, from 0.</param>
    public static double Median(ReadOnlySpan<int> counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var rest = total / 2.0;
        for (var number = 0; total > 0 && number < counts.Length; number++)
        {
            if (rest <= counts[number])
            {
                var (from, width) = number == 0 ? (0.0, 0.5) : (number - 0.5, 1.0);
                return from + (width * rest / counts[number]);
            }

            rest -= counts[number];
        }

        return 0;
    }
}
