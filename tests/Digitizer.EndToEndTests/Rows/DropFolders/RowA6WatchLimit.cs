using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A6: the system gives no more watches. The limit is used up in a user namespace of the child's own, where
/// it is the kernel's real limit and takes nothing from others. The folder is looked at by the clock, and says so.
/// </summary>
[Trait("Row", "A6")]
public sealed class RowA6WatchLimit : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string[] WithoutWatches = ["unshare", "--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"", "sh"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Without_watches_a_folder_is_looked_at_by_the_clock_and_reported()
    {
        var row = new Row("A6", 100, 100, 100);
        if (!Mount.Run(WithoutWatches[0], [.. WithoutWatches[1..], "true"]))
        {
            row.NotRun("this machine gives no user namespaces");
            return;
        }

        var options = new DropFolderOptions { Name = "quay-1", Path = folder["drop"], QuietSeconds = 0.5, BusyLookSeconds = 0.2, IdleLookSeconds = 0.5 };
        Directory.CreateDirectory(options.Path);
        var settings = new ChildSettings([options], folder["vault"], folder["ledger"]);
        await using var child = await FolderProcess.StartAsync(settings, WithoutWatches);
        Assert.True(await Eventually.ComesAsync(() => child.Has(AlertKind.NoEvents, "quay-1"), Limit));
        var written = Enumerable.Range(0, row.Count).Select(n => Drop(n)).ToList();

        await Eventually.ComesAsync(() => child.Of("quay-1").Taken >= row.Count, Limit);
        Assert.False(child.Of("quay-1").HasEvents);
        Assert.True(child.Has(AlertKind.NoEvents, "quay-1"));
        var accepted = new FileLedger(settings.Ledger).Accepted.ToLookup(l => l.Sha256);
        written.ForEach(sha256 => row.Trial(accepted[sha256].Count() == 1));
        row.Report(child.Said.TakeLast(10));
    }

    private string Drop(int number)
    {
        var content = Scans.Jpeg(number);
        folder.File($"drop/{number}.jpg", content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
