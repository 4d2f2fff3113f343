using System.Diagnostics;
using System.Net;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Support;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row E6, drop folders and HTTP: the dossier system is stopped, then the disk is nearly full. Files are left alone, submissions are told to come again, the health page says
/// why, intake goes on within a minute after either has ended, and every document is in its dossier once.
/// </summary>
[Trait("Row", "E6")]
public sealed class RowE6BackPressure : IDisposable
{
    private const long Disk = 64L << 20;
    // Fewer than may wait, or they are too much themselves for as long as they are under way.
    private const int Before = 1;
    private const int Late = 2;

    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private static readonly string[] Refused = ["busy", "full"];

    private readonly Row row = new("E6", 5, 40, 200);
    private readonly string api = FreeAddress();
    private readonly ApiCaller caller;
    private readonly List<string> reasons = [];
    private readonly ServiceUnderTest bench = new();
    private readonly string health = FreeAddress();
    private readonly string dossiers = FreeAddress();

    public RowE6BackPressure()
    {
        Directory.CreateDirectory(bench.Program["state"]);
        Mount("-t", "tmpfs", "-o", $"size={Disk}", "tmpfs", bench.Program["state"]);
        bench.Configure(new()
        {
            ["Dossiers"] = null,
            ["DossierSystem"] = new { Address = dossiers + "/", Repeats = 0 },
            ["Results"] = null,
            ["Health"] = health,
            ["MaxBacklog"] = Limit,
            ["Alarms"] = new { LookSeconds = 0.2, DossiersDownMinutes = 0.01, LowDiskBytes = Disk / 10 },
            ["Api"] = new { Listen = api, Sources = new[] { new { Name = "portal" } } },
            ["Drop"] = new { MinFreeBytes = Disk / 10, Folders = new[] { new { Name = "quay", Path = bench.Program["drop"], Dossier = new { FromSubFolder = true } } } },
        });
        caller = new ApiCaller(api, TrialHouse.GiveKey(bench.Program["state"]));
    }

    private int Limit => row.Count - 3;

    public void Dispose()
    {
        caller.Dispose();
        Run("umount", "-l", bench.Program["state"]);
        bench.Dispose();
    }

    // A folder takes a few files at a time: those that were begun are accepted.
    private const int UnderWay = 7;

    [Fact]
    public async Task Files_stay_in_their_folder_while_it_is_too_much_and_are_taken_afterwards()
    {
        using var service = await bench.StartAsync();
        await using (var system = await StartDossiersAsync())
        {
            Drop(0, Before);
            await UntilAsync(() => system.Archive.Applied.Count == Before);
            Check(await AlertsAsync(health) is [], "no alert while all is well");
        }

        // 1. The dossier system is down: work waits up to the limit, files beyond it stay.
        Drop(Before, row.Count);
        await AlertComesAsync("DossiersDown");
        await AlertComesAsync("Backlog");
        await IsRefusedAsync("busy", 503, "Busy");
        Check(Left() >= row.Count - Limit - UnderWay, $"{Left()} files are left, {row.Count} came, {Limit} may wait, {UnderWay} may have been under way");

        await using var back = await StartDossiersAsync();
        Check(await WithinAMinuteAsync(() => Left() == 0), "intake goes on when the dossier system is back");
        await UntilAsync(() => back.Archive.Applied.Count == Before + row.Count);
        await AlertsEndAsync();

        // 2. The disk is full to 90 %.
        Fill();
        await AlertComesAsync("LowDisk");
        Drop(Before + row.Count, Late);
        await AlertComesAsync("NoRoom");
        await IsRefusedAsync("full", 507, "StorageLow");
        Check(Left() == Late, $"{Left()} files are left while the disk is full");
        File.Delete(Filler);
        Check(await WithinAMinuteAsync(() => Left() == 0), "intake goes on when there is room");
        await UntilAsync(() => back.Archive.Applied.Count == Before + row.Count + Late);
        await AlertsEndAsync();

        // 3. What was refused over HTTP is sent again with its keys.
        foreach (var key in Refused)
        {
            // One of them may be too much for the other, for a moment.
            await UntilAsync(async () => (await SubmitAsync(key)).Status == HttpStatusCode.Accepted);
        }

        await UntilAsync(() => back.Archive.Applied.Count == Before + row.Count + Late + Refused.Length);
        foreach (var copies in back.Archive.Applied.GroupBy(d => d.Key))
        {
            Check(copies.Count() == 1, $"{copies.Key} is {copies.Count()} times in its dossier");
        }

        await UntilAsync(async () => (await bench.UnitsAsync()).All(u => u.State == "Closed"));
        Check(await TestProgram.StopAsync(service) == 0, "the service ends well");
        var verified = await bench.Program.RunAsync("verify", "--config", "serve.json");
        Check(verified.Code == 0, verified.ToString());
        row.Report(reasons);
    }

    private async Task IsRefusedAsync(string key, int status, string kind)
    {
        var answer = await SubmitAsync(key);
        Check((int)answer.Status == status && answer.Problem == kind && answer.Headers.ContainsKey("Retry-After"), $"{key}: {answer}");
    }

    private Task<Answer> SubmitAsync(string key) => caller.SubmitAsync(key, [("dossier", Code)], ($"{key}.png", WhitePages.Png(200 + Array.IndexOf(Refused, key))));

    private string Filler => bench.Program["state/filler"];

    private Task<DossierSystem> StartDossiersAsync() => DossierSystem.StartAsync(bench.Program["system"], o => o.Url = dossiers);

    private void Drop(int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            bench.Drop($"{Code}/{i}.png", WhitePages.Png(i));
        }
    }

    private int Left() => bench.Program.Files($"drop/{Code}").Length;

    private void Fill()
    {
        var free = new DriveInfo(bench.Program["state"]).AvailableFreeSpace;
        using var filler = new FileStream(Filler, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = free - (Disk / 12) });
    }

    private Task AlertComesAsync(string kind) => UntilAsync(async () => (await AlertsAsync(health)).Any(a => a.Contains(kind, StringComparison.Ordinal)));

    private Task AlertsEndAsync() => UntilAsync(async () => await AlertsAsync(health) is []);

    private static async Task<bool> WithinAMinuteAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        await UntilAsync(condition);
        return watch.Elapsed < AMinute;
    }

    private void Check(bool passed, string reason)
    {
        row.Trial(passed);
        reasons.Add(reason);
    }

    private static void Mount(params string[] arguments) => Assert.True(Run("mount", arguments) == 0, $"mount {string.Join(' ', arguments)}");

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
