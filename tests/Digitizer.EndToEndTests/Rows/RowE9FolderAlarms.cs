using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row E9, drop folders: each condition is caused, is raised in its time and not before, and ends when it is mended. A quiet folder raises nothing.</summary>
[Trait("Row", "E9")]
public sealed class RowE9FolderAlarms
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private readonly Row row = new("E9", 9, 9, 9);
    private readonly List<string> reasons = [];

    [Fact]
    public async Task Each_condition_is_raised_in_its_time_and_ends()
    {
        await TryAsync(AlertKind.FolderGone, TimeSpan.Zero, b => Directory.Delete(b.Options.Path, recursive: true), b => Directory.CreateDirectory(b.Options.Path));
        await TryAsync(AlertKind.OddFolder, TimeSpan.Zero, b => Directory.CreateDirectory(b.Path("x.pdf")), b => Directory.Delete(b.Path("x.pdf")));
        await TryAsync(AlertKind.StuckTemporaryName, TimeSpan.FromMinutes(60), b => b.Drop("x.tmp", [1]), b => File.Delete(b.Path("x.tmp")));
        await TryAsync(AlertKind.LonelySideCar, TimeSpan.FromMinutes(60), b => b.Drop("x.jpg.done", []), b => File.Delete(b.Path("x.jpg.done")));
        await TryAsync(AlertKind.HeldBatch, TimeSpan.FromMinutes(15), b => b.Drop("x.manifest.json", "{}"u8.ToArray()), b => File.Delete(b.Path("x.manifest.json")));
        await TryAsync(AlertKind.UnlistedFile, TimeSpan.FromMinutes(15), b => b.Drop("x.jpg", Scans.Jpeg()), b => File.Delete(b.Path("x.jpg")), o => o.OnlyBatches = true);
        await TryAsync(AlertKind.SilentFolder, TimeSpan.FromMinutes(30), _ => { }, b => b.Drop("x.jpg", Scans.Jpeg()), o => o.SilentMinutes = 30);
        await TryAsync(AlertKind.TakingFailed, TimeSpan.FromSeconds(3), b => { b.Ledger.IsDown = true; b.Drop("x.jpg", Scans.Jpeg()); }, b => b.Ledger.IsDown = false);
        await OriginalMissingAsync();
        row.Report(reasons);
    }

    [Fact]
    public async Task A_quiet_folder_raises_nothing_all_day()
    {
        using var bench = new DropBench(o => o.SilentMinutes = 90);
        for (var hour = 0; hour < 24; hour++)
        {
            bench.Drop($"{hour}.jpg", Scans.Jpeg(hour));
            await bench.SettleAsync();
            for (var minute = 0; minute < 60; minute++)
            {
                bench.Time.Advance(AMinute);
                await bench.LookAsync();
            }
        }

        row.Trial(bench.Alerts.All.IsEmpty && bench.Ledger.Accepted.Count() == 24);
        row.Report(bench.Alerts.All.Select(a => a.ToString()));
    }

    private async Task TryAsync(AlertKind kind, TimeSpan after, Action<DropBench> cause, Action<DropBench> mend, Action<DropFolderOptions>? options = null)
    {
        using var bench = new DropBench(options);
        await bench.LookAsync();
        cause(bench);
        await bench.LookAsync();
        var early = after > TimeSpan.Zero && bench.Alerts.Has(kind);
        if (after > AMinute)
        {
            bench.Time.Advance(after - AMinute);
            await bench.LookAsync();
            early |= bench.Alerts.Has(kind);
            bench.Time.Advance(AMinute);
        }

        await bench.PassAsync(after < AMinute ? after : TimeSpan.Zero);
        var raised = bench.Alerts.All.Count(a => a.Kind == kind) == 1;
        mend(bench);
        await bench.SettleAsync();
        Check(!early && raised && IsOver(bench, kind), $"{kind}: early {early}, raised {raised}, over {IsOver(bench, kind)}; {string.Join(", ", bench.Alerts.All)}");
    }

    private async Task OriginalMissingAsync()
    {
        using var bench = new DropBench();
        bench.Drop("x.jpg", Scans.Jpeg());
        await bench.SettleAsync();
        var path = bench.Vault.PathOf(bench.Vault.Originals().Single());
        var content = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        bench.Restart();
        await bench.LookAsync();
        var raised = bench.Alerts.Has(AlertKind.OriginalMissing);
        await File.WriteAllBytesAsync(path, content);
        await bench.LookAsync();
        Check(raised && IsOver(bench, AlertKind.OriginalMissing), $"OriginalMissing: raised {raised}");
    }

    private static bool IsOver(DropBench bench, AlertKind kind) => bench.Alerts.Over.Any(a => a.Kind == kind) && bench.Folder.Status.Alerts.All(a => a.Kind != kind);

    private void Check(bool passed, string reason)
    {
        row.Trial(passed);
        reasons.Add(reason);
    }
}
