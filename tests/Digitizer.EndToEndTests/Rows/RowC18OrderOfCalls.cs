using System.Text.RegularExpressions;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C18: the system calls of the service, as strace sees them, for each accepted scan: the file is flushed, then renamed,
/// then its folders are flushed, then the journal's log, and only then anybody hears that it is accepted.
/// </summary>
[Trait("Row", "C18")]
public sealed partial class RowC18OrderOfCalls
{
    [Fact]
    public async Task A_scan_is_on_the_disk_before_it_is_acknowledged()
    {
        var row = new Row("C18", 3, 50, 200);
        using var house = new TrialHouse(change: c => c["Service"]!["Drop"]!["Folders"]![0]!["Receipts"] = true);
        var calls = Path.Combine(house.Root, "calls");
        await house.StartAsync(inside: ["strace", "-D", "-f", "-y", "-qq", "-s", "256", "-o", calls, "-e", "trace=fsync,fdatasync,renameat2,openat"]);
        var receipts = new List<string>();
        for (var i = 0u; i < row.Count; i++)
        {
            receipts.Add(house.Scan(i + 1).Path + ".accepted");
        }

        Assert.True(await house.SettledAsync(), house.Log);
        Assert.Equal(0, await house.StopAsync());
        var lines = File.ReadAllLines(calls);
        var faults = new List<string>();
        foreach (var receipt in receipts)
        {
            var unit = File.ReadAllText(receipt).Split(' ')[0];
            var fault = FaultOf(lines, house, unit, receipt);
            row.Trial(fault is null);
            faults.AddRange(fault is null ? [] : [$"{unit}: {fault}"]);
        }

        row.Report(faults);
    }

    /// <summary>The steps in the order that they must come in; each is looked for behind the one before.</summary>
    private static string? FaultOf(string[] lines, TrialHouse house, string unit, string receipt)
    {
        var originals = Path.Combine(house.State, "vault", "originals");
        (string What, Func<string, bool> Is)[] steps =
        [
            ("the note is flushed", l => Flush().IsMatch(l) && l.Contains($"/{unit}.note", StringComparison.Ordinal)),
            ("the scan is claimed", l => l.Contains("renameat2(", StringComparison.Ordinal) && l.Contains($"\"{unit}\"", StringComparison.Ordinal)),
            ("the scan is flushed", l => Flush().IsMatch(l) && ClaimEnd(unit).IsMatch(l)),
            ("the original is named", l => l.Contains("renameat2(", StringComparison.Ordinal) && l.Contains($"\"{unit}-", StringComparison.Ordinal)),
            ("the side-car is flushed", l => Flush().IsMatch(l) && l.Contains($"<{originals}/.digitizer-", StringComparison.Ordinal)),
            ("the originals are flushed", l => Flush().IsMatch(l) && l.Contains($"<{originals}>", StringComparison.Ordinal)),
            ("the claims are flushed", l => Flush().IsMatch(l) && ClaimFolder().IsMatch(l)),
            ("the drop folder is flushed", l => Flush().IsMatch(l) && l.Contains($"<{Path.GetDirectoryName(receipt)}>", StringComparison.Ordinal)),
            ("the journal is flushed", l => Flush().IsMatch(l) && l.Contains("/journal.db-wal>", StringComparison.Ordinal)),
            ("the receipt is written", l => l.Contains("openat(", StringComparison.Ordinal) && l.Contains($"\"{Path.GetFileName(receipt)}\"", StringComparison.Ordinal) && l.Contains("O_CREAT", StringComparison.Ordinal)),
        ];
        var at = 0;
        foreach (var (what, isStep) in steps)
        {
            var found = Array.FindIndex(lines, at, l => isStep(l));
            if (found < 0)
            {
                return $"not in its place: {what}";
            }

            at = found + 1;
        }

        return null;
    }

    [GeneratedRegex(@"\bf(data)?sync\(")]
    private static partial Regex Flush();

    [GeneratedRegex("/claims/[0-9A-Z]{26}>")]
    private static partial Regex ClaimFolder();

    private static Regex ClaimEnd(string unit) => new($"/claims/[0-9A-Z]{{26}}/{unit}>");
}
