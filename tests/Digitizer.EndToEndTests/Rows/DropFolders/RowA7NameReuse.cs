using System.Globalization;
using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A7: one name, one size, one time of change, again and again with other bytes, in ten sub-folders.</summary>
[Trait("Row", "A7")]
public sealed class RowA7NameReuse
{
    private const int Folders = 10;

    [Fact]
    public async Task Every_scan_of_a_name_that_is_used_again_is_an_original_of_its_own()
    {
        var row = new Row("A7", 200, 1000, 1000);
        using var bench = new DropBench();
        var written = new HashSet<string>();
        for (var round = 0; round < row.Count / Folders; round++)
        {
            for (var folder = 0; folder < Folders; folder++)
            {
                var content = Scans.Pdf(0, 600);
                (round * Folders + folder).ToString("D8", CultureInfo.InvariantCulture).Select(c => (byte)c).ToArray().CopyTo(content, 300);
                var path = bench.Drop($"ngan-{folder}/scan0001.pdf", content);
                File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                written.Add(Convert.ToHexStringLower(SHA256.HashData(content)));
            }

            await bench.SettleAsync();
        }

        var kept = bench.Vault.Originals().ToDictionary(o => o.Sha256);
        var accepted = bench.Ledger.Accepted.Select(l => l.Sha256).ToHashSet();
        foreach (var sha256 in written)
        {
            row.Trial(accepted.Contains(sha256) && kept.TryGetValue(sha256, out var original) && await bench.Vault.VerifyAsync(original, CancellationToken.None) is null);
        }

        Assert.Equal(row.Count, bench.Ledger.Lines.Count);
        row.Report([$"{accepted.Count} accepted, {kept.Count} kept"]);
    }
}
