using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A14: a folder on another file system, so that files are copied, and kill -9 at any moment of it. Nothing is lost, nothing comes twice.</summary>
[Trait("Row", "A14")]
public sealed class RowA14CopyKilled
{
    private const int FileBytes = 4 << 20;

    [Fact]
    public async Task A_process_that_is_killed_while_it_copies_loses_and_doubles_nothing()
    {
        var row = new Row("A14", 15, 100, 1000);
        var drop = Directory.CreateDirectory($"/dev/shm/digitizer-a14-{Guid.NewGuid():N}").FullName;
        using var bench = new DropBench(dropPath: drop);
        await bench.LookAsync();
        Assert.Equal(ClaimMode.Copy, bench.Folder.Status.Facts!.Mode);
        bench.Restart();
        var random = new Random(14);
        var written = new Dictionary<string, string>();
        for (var i = 0; i < row.Count; i++)
        {
            var content = Scans.Jpeg(i, FileBytes);
            written[$"{i}.jpg"] = Convert.ToHexStringLower(SHA256.HashData(content));
            bench.Drop($"{i}.jpg", content);
            await RunAndKillAsync(bench, drop, random.Next(0, 120));
        }

        bench.Restart();
        await bench.SettleAsync();
        var accepted = bench.Ledger.Accepted.ToLookup(l => l.Shown, l => l.Sha256);
        foreach (var (name, sha256) in written)
        {
            row.Trial(accepted[name].SequenceEqual([sha256]));
        }

        Assert.Equal(row.Count, bench.Ledger.Lines.Count);
        Assert.Equal(written.Values.Order(), bench.Vault.Originals().Select(o => o.Sha256).Order());
        Assert.Empty(bench.Left());
        row.Report(written.Where(w => !accepted[w.Key].SequenceEqual([w.Value])).Select(w => w.Key));
    }

    // The moment counts from when the child is ready to look, so that kills fall into its work and not into its start.
    private static async Task RunAndKillAsync(DropBench bench, string drop, int afterMilliseconds)
    {
        var folder = new DropFolderOptions
        {
            Name = bench.Options.Name, Path = drop, Watch = false, QuietSeconds = 0.02, QuietLooks = 2, BusyLookSeconds = 0.01, IdleLookSeconds = 0.01,
        };
        await using var child = await FolderProcess.StartAsync(new ChildSettings([folder], bench.Vault.Root, bench.LedgerPath));
        await Task.Delay(TimeSpan.FromMilliseconds(afterMilliseconds), TimeProvider.System);
    }
}
