using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C7: an fsync or a write fails, at a random call of the service. Where it is the journal's, nothing is acknowledged after
/// it and the service ends; started again, it goes on, and every document is filed once.
/// </summary>
[Trait("Row", "C7")]
public sealed class RowC7FailingDisk
{
    private static readonly string[] Faults = ["fsync,fdatasync:error=EIO", "fsync:error=ENOSPC", "pwrite64:error=EIO", "pwrite64:error=ENOSPC"];

    [Fact]
    public async Task Nothing_is_acknowledged_after_a_flush_of_the_journal_that_failed()
    {
        var row = new Row("C7", 3, 200, 1000);
        using var house = new TrialHouse();
        var random = new Random(7);
        var reasons = new List<string>();
        for (var i = 0; i < row.Count && reasons.Count == 0; i++)
        {
            var before = house.Acknowledged.Count;
            var (calls, when) = (Path.Combine(house.Root, "calls"), random.Next(1, 30));
            await house.StartAsync(inside: ["strace", "-D", "-f", "-y", "-qq", "-o", calls, "-e", "trace=fsync,fdatasync,write,pwrite64", "-e", $"inject={Faults[i % Faults.Length]}:when={when}+1000"]);
            house.Feed((uint)random.Next(1, 20));
            await EndAsync(house);
            reasons.AddRange(Wrong(File.ReadAllLines(calls), house, before));
            row.Trial(reasons.Count == 0);
        }

        await house.StartAsync();
        Assert.True(await house.SettledAsync(), house.Log);
        reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
        Assert.Equal(0, await house.StopAsync());
        row.Report([.. reasons, .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }

    // A service that gets no further on such a disk is in its right; what counts is what it has said, and what the next one finds.
    private static async Task EndAsync(TrialHouse house)
    {
        try
        {
            if (await house.SettledAsync())
            {
                await house.StopAsync();
            }
        }
        catch (TimeoutException)
        {
            await house.KillAsync();
        }
    }

    // After a failed flush of its log the journal is flushed no more: whatever came later would only seem safe.
    private static IEnumerable<string> Wrong(string[] calls, TrialHouse house, int before)
    {
        var failed = Array.FindIndex(calls, l => IsFlushOfJournal(l) && l.Contains("= -1 EIO", StringComparison.Ordinal));
        if (failed >= 0 && calls.Skip(failed + 1).Any(l => IsFlushOfJournal(l) && l.EndsWith("= 0", StringComparison.Ordinal)))
        {
            yield return $"the journal went on after a flush that failed; {house.Acknowledged.Count - before} units acknowledged";
        }

        if (failed >= 0 && house.Service.ExitCode == 0)
        {
            yield return "the service ended with 0 although its journal had failed";
        }
    }

    private static bool IsFlushOfJournal(string line) => line.Contains("sync(", StringComparison.Ordinal) && line.Contains("/journal.db-wal>", StringComparison.Ordinal);
}
