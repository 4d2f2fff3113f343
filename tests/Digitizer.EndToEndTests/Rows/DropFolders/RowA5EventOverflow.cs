using System.Globalization;
using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A5: a process that stands still while more happens in its folder than the kernel keeps events of.
/// It says that events were lost, and takes everything at once: its next look by the clock would be ten minutes later.
/// </summary>
[Trait("Row", "A5")]
public sealed class RowA5EventOverflow : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    // In memory: what is tested is the number of files, not the disk.
    private readonly string folder = Directory.CreateDirectory($"/dev/shm/digitizer-a5-{Guid.NewGuid():N}").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task After_lost_events_everything_is_looked_at_and_taken()
    {
        var row = new Row("A5", 2_000, 50_000, 50_000);
        var options = new DropFolderOptions { Name = "quay-1", Path = Path.Combine(folder, "drop"), QuietSeconds = 0.5, BusyLookSeconds = 0.2, IdleLookSeconds = 600 };
        Directory.CreateDirectory(options.Path);
        var settings = new ChildSettings([options], Path.Combine(folder, "vault"), Path.Combine(folder, "ledger"));
        await using var child = await FolderProcess.StartAsync(settings);
        Assert.True(await Eventually.ComesAsync(() => child.Of("quay-1").HasEvents, Limit));

        child.Signal("STOP");
        var written = Flood(options.Path, row.Count);
        child.Signal("CONT");

        await Eventually.ComesAsync(() => child.Of("quay-1").Taken >= row.Count, Limit);
        Assert.Contains("log EventsLost ", child.Said);
        var accepted = new FileLedger(settings.Ledger).Accepted.ToLookup(l => l.Sha256);
        written.ForEach(sha256 => row.Trial(accepted[sha256].Count() == 1));
        row.Report([$"{accepted.Count} of {row.Count} taken", .. child.Said.TakeLast(10)]);
    }

    // Piece by piece and file after file: events that are equal to the one before are counted once.
    private static List<string> Flood(string path, int files)
    {
        var kept = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"), CultureInfo.InvariantCulture);
        var pieces = (2 * kept / files) + 1;
        var contents = Enumerable.Range(0, files).Select(n => Scans.Jpeg(n)).ToList();
        for (var piece = 0; piece < pieces; piece++)
        {
            foreach (var (number, content) in contents.Index())
            {
                using var file = new FileStream(Path.Combine(path, $"{number}.jpg"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                file.Write(content.AsSpan((content.Length * piece / pieces)..(content.Length * (piece + 1) / pieces)));
            }
        }

        return [.. contents.Select(c => Convert.ToHexStringLower(SHA256.HashData(c)))];
    }
}
