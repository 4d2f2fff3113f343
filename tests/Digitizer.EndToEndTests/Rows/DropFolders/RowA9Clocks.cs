using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A9: file times ten years off, and a system clock that jumps by a day while files settle. None is taken early, none never.</summary>
[Trait("Row", "A9")]
public sealed class RowA9Clocks
{
    [Fact]
    public async Task No_clock_but_our_own_decides_when_a_file_is_quiet()
    {
        var row = new Row("A9", 100, 100, 100);
        using var bench = new DropBench();
        for (var i = 0; i < row.Count; i++)
        {
            var path = bench.Drop($"{i}.jpg", Scans.Jpeg(i));
            File.SetLastWriteTimeUtc(path, bench.Time.GetUtcNow().UtcDateTime.AddYears(i % 2 == 0 ? 10 : -10));
        }

        await bench.LookAsync();
        var early = 0;
        foreach (var days in new[] { 1, -1, -1 })
        {
            bench.Clock.Offset += TimeSpan.FromDays(days);
            bench.Time.Advance(TimeSpan.FromSeconds(0.9));
            await bench.LookAsync();
            early += bench.Ledger.Lines.Count;
        }

        bench.Time.Advance(TimeSpan.FromSeconds(0.3));
        await bench.LookAsync();
        var names = bench.Ledger.Accepted.Select(l => l.Shown).ToHashSet();
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(early == 0 && names.Contains($"{i}.jpg"));
        }

        row.Report([$"{early} early, {names.Count} in time"]);
    }
}
