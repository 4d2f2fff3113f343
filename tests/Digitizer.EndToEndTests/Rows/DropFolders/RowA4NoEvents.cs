using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A4: a mount whose files change behind it, as shares do, so that no event tells of them. All are taken at the second look after they came.</summary>
[Trait("Row", "A4")]
public sealed class RowA4NoEvents : IDisposable
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    // For listing, copying and fsync of those that came together, on a machine that has other work.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(8);

    private readonly TempFolder outside = new();

    public void Dispose()
    {
        Mount.Run("umount", outside["mounted"]);
        outside.Dispose();
    }

    [Fact]
    public async Task Files_that_no_event_tells_of_are_taken_within_two_looks()
    {
        var row = new Row("A4", 20, 200, 1000);
        if ((Mount.Hindrance("bindfs") ?? Bind()) is { } hindrance)
        {
            row.NotRun(hindrance);
            return;
        }

        await using (var folder = new LiveFolder(Slowly, outside["mounted"]))
        {
            await Eventually.ComesAsync(() => folder.Status.Facts is not null, Slack);
            Assert.Equal("fuse", folder.Status.Facts?.FileSystem);
            var reasons = new List<string>();
            foreach (var numbers in Enumerable.Range(0, row.Count).Chunk(AtOnce))
            {
                reasons.AddRange(await DropAsync(row, folder, numbers));
            }

            Assert.Equal(row.Count, folder.Ledger.Lines.Count);
            row.Report(reasons);
        }
    }

    private static void Slowly(Digitizer.Intake.DropFolders.DropFolderOptions options)
        => (options.QuietSeconds, options.QuietLooks, options.BusyLookSeconds, options.IdleLookSeconds) = (1, 2, Look.TotalSeconds, Look.TotalSeconds);

    private string? Bind()
    {
        Directory.CreateDirectory(outside["backing"]);
        Directory.CreateDirectory(outside["mounted"]);
        return !File.Exists("/dev/fuse") ? "there is no /dev/fuse" : Mount.Run("bindfs", outside["backing"], outside["mounted"]) ? null : "bindfs cannot mount here";
    }

    private async Task<List<string>> DropAsync(Row row, LiveFolder folder, int[] numbers)
    {
        var wanted = new HashSet<string>();
        foreach (var number in numbers)
        {
            var content = Scans.Jpeg(number);
            wanted.Add(Convert.ToHexStringLower(SHA256.HashData(content)));
            File.WriteAllBytes(outside[$"backing/{number}.jpg"], content);
        }

        await Eventually.ComesAsync(() => wanted.IsSubsetOf(folder.Ledger.Accepted.Select(l => l.Sha256)), (2 * Look) + Slack);
        var accepted = folder.Ledger.Accepted.Select(l => l.Sha256).ToHashSet();
        wanted.ToList().ForEach(w => row.Trial(accepted.Contains(w)));
        return [.. wanted.Where(w => !accepted.Contains(w)).Select(w => $"{w} was not taken")];
    }
}
