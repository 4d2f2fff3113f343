using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Rows C3 and C5: power cuts on a real ext4, at random moments and at every failpoint. What was acknowledged is there
/// afterwards, and every document is in its dossier once. That the trial can see is shown by a service whose
/// fsyncs do nothing: it must be caught.
/// </summary>
public sealed class RowC3PowerCut
{
    private const int CutsToBeCaught = 20;

    private static readonly Failpoint[] Points = Enum.GetValues<Failpoint>();

    [Fact]
    [Trait("Row", "C3")]
    public async Task What_was_acknowledged_survives_a_power_cut()
    {
        var row = new Row("C3", 8, 60, 600);
        if (Mount.Hindrance("mkfs.ext4") is { } why)
        {
            row.NotRun(why);
            return;
        }

        using var disk = new LoopDisk();
        using var cuts = new PowerCuts(disk, new Random(3));
        var reasons = new List<string>();
        for (var i = 0; i < row.Count && reasons.Count == 0; i++)
        {
            // Every other cut finds the service at one of its points; the points take turns.
            reasons.AddRange(await cuts.CutAsync(i % 2 == 0 ? null : $"{Points[i / 2 % Points.Length]}=hang:5"));
            row.Trial(reasons.Count == 0);
        }

        await cuts.House.StartAsync();
        Assert.True(await cuts.House.SettledAsync(), cuts.House.Log);
        reasons.AddRange(await TrialCheck.FaultsAsync(cuts.House.All, cuts.House.FiledDocuments(), cuts.House));
        await cuts.House.StopAsync();
        row.Trial(reasons.Count == 0);
        row.Report(reasons);
    }

    [Theory]
    [Trait("Row", "C5")]
    [InlineData("nothing")]
    [InlineData("all but the journal's log")]
    public async Task A_service_that_does_not_flush_is_caught(string flushes)
    {
        var row = new Row("C5", 1, 1, 1);
        if (Mount.Hindrance("mkfs.ext4") is { } why)
        {
            row.NotRun(why);
            return;
        }

        using var disk = new LoopDisk();
        using var cuts = new PowerCuts(disk, new Random(5));
        var inside = flushes == "nothing" ? ["eatmydata"] : NoFlushOf(Path.Combine(cuts.House.State, "journal.db-wal"));
        var caught = 0;
        for (var i = 1; i <= CutsToBeCaught && caught == 0; i++)
        {
            if ((await cuts.CutAsync(inside: inside)).Count > 0)
            {
                caught = i;
            }
        }

        row.Note($"flushes {flushes}: caught at cut {caught}");
        row.Trial(caught > 0);
        row.Report(["a service without fsync passed"]);
    }

    // The call is not made, and the caller is told that all went well.
    private static string[] NoFlushOf(string file)
        => ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-P", file, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0"];
}
