using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row D9: what a page-worker must not be able to do is tried from inside, by the command that shows it to administrators.</summary>
[Trait("Row", "D9")]
public sealed class RowD9SandboxProbes
{
    private const int Attempts = 13;

    [Fact]
    public async Task Check_tries_every_forbidden_thing_and_none_works()
    {
        var row = new Row("D9", Attempts, Attempts, Attempts);
        using var program = new TestProgram();
        var run = await program.RunAsync("check");
        var lines = run.Output.Split('\n').Where(line => line.Contains("a page-worker can", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var line in lines)
        {
            row.Trial(line.Contains("a page-worker cannot", StringComparison.Ordinal));
        }

        Assert.Equal(row.Count, lines.Count);
        Assert.Equal(0, run.Code);
        row.Report(lines);
    }
}
