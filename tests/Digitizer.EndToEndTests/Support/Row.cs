namespace Digitizer.EndToEndTests.Support;

/// <summary>A row of the reliability matrix: how many trials, and what it reports.</summary>
internal sealed class Row(string id, int reduced, int first, int second)
{
    private static readonly Lock LogGate = new();

    private readonly Lock gate = new();
    private int trials;
    private int failures;

    /// <summary>True in the scale of everyday runs, whose machine may be busy with other tests.</summary>
    public static bool IsReduced => Environment.GetEnvironmentVariable("DIGITIZER_ROW_SCALE") is not ("first" or "long");

    /// <summary>Trials for the scale that the test script asked for.</summary>
    public int Count => Environment.GetEnvironmentVariable("DIGITIZER_ROW_SCALE") switch
    {
        "first" => first,
        "long" => second,
        _ => reduced,
    };

    /// <summary>What is tried: in everyday runs one of so many, else all.</summary>
    public static IReadOnlyList<T> Some<T>(IEnumerable<T> all, int oneIn) => [.. all.Where((_, i) => !IsReduced || i % oneIn == 0)];

    /// <summary>Counts a trial.</summary>
    public void Trial(bool passed)
    {
        lock (gate)
        {
            trials++;
            failures += passed ? 0 : 1;
        }
    }

    /// <summary>Says what was measured beside the trials.</summary>
    public void Note(FormattableString measured) => Write($"row {id} {FormattableString.Invariant(measured)}");

    /// <summary>Says aloud that this machine cannot run the row, and why.</summary>
    public void NotRun(string reason) => Write($"row {id} not run: {reason}");

    /// <summary>Writes the row's line where the test script collects them.</summary>
    /// <returns>The line.</returns>
    public string Say()
    {
        var line = FormattableString.Invariant($"row {id} n={trials} failures={failures}");
        Write(line);
        return line;
    }

    /// <summary>Writes the row's line, and fails the test if a trial failed.</summary>
    public void Report(IEnumerable<string> reasons)
    {
        var line = Say();
        Assert.True(failures == 0, line + Environment.NewLine + string.Join(Environment.NewLine, reasons));
        Assert.True(trials > 0, line);
    }

    private static void Write(string line)
    {
        if (Environment.GetEnvironmentVariable("DIGITIZER_ROW_LOG") is { Length: > 0 } log)
        {
            lock (LogGate)
            {
                File.AppendAllText(log, line + "\n");
            }
        }
    }
}
