namespace Digitizer.EndToEndTests.Support;

/// <summary>A row of the reliability matrix: how many trials, and what it reports.</summary>
internal sealed class Row(string id, int reduced, int first, int second)
{
    private readonly Lock gate = new();
    private int trials;
    private int failures;

    /// <summary>Trials for the scale that the test script asked for.</summary>
    public int Count => Environment.GetEnvironmentVariable("DIGITIZER_ROW_SCALE") switch
    {
        "first" => first,
        "long" => second,
        _ => reduced,
    };

    /// <summary>Counts a trial.</summary>
    public void Trial(bool passed)
    {
        lock (gate)
        {
            trials++;
            failures += passed ? 0 : 1;
        }
    }

    /// <summary>Writes the row's line where the test script collects them, and fails the test if a trial failed.</summary>
    public void Report(IEnumerable<string> reasons)
    {
        var line = FormattableString.Invariant($"row {id} n={trials} failures={failures}");
        if (Environment.GetEnvironmentVariable("DIGITIZER_ROW_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, line + "\n");
        }

        Assert.True(failures == 0, line + Environment.NewLine + string.Join(Environment.NewLine, reasons));
        Assert.True(trials > 0, line);
    }
}
