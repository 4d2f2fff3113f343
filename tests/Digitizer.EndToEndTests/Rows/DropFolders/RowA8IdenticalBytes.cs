using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A8: pairs of files with the same bytes. Both are units; the second is flagged, none is discarded.</summary>
[Trait("Row", "A8")]
public sealed class RowA8IdenticalBytes
{
    [Fact]
    public async Task Equal_scans_are_two_units_and_the_second_is_flagged()
    {
        var row = new Row("A8", 100, 100, 100);
        using var bench = new DropBench(o => o.Receipts = true);
        for (var i = 0; i < row.Count; i++)
        {
            bench.Drop($"{i}-a.jpg", Scans.Jpeg(i));
            bench.Drop($"{i}-b.jpg", Scans.Jpeg(i));
        }

        await bench.SettleAsync();
        var names = bench.Ledger.Accepted.Select(l => l.Shown).ToHashSet();
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(names.Contains($"{i}-a.jpg") && names.Contains($"{i}-b.jpg")
                && File.Exists(bench.Path($"{i}-a.jpg.accepted")) && File.Exists(bench.Path($"{i}-b.jpg.accepted")));
        }

        Assert.Equal(row.Count, bench.Ledger.Flagged);
        Assert.Equal(2 * row.Count, bench.Vault.Originals().Count());
        row.Report([$"{names.Count} accepted"]);
    }
}
