using System.Globalization;
using Digitizer.Confinement;
using Digitizer.Dossiers;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row E9, the service: each condition is caused, is raised in its time and not before, and ends when it is mended. A quiet service raises nothing.</summary>
[Trait("Row", "E9")]
public sealed class RowE9ServiceAlarms : IAsyncLifetime, IDisposable
{
    private const long Gigabyte = 1L << 30;

    private readonly Row row = new("E9", 9, 9, 9);
    private readonly List<string> reasons = [];
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly AlarmOptions options = new() { PersonHours = 2, LowDiskBytes = 0 };
    private readonly ServiceAlerts alerts;
    private readonly StateFolder state;
    private readonly LocalVault vault;
    private readonly StorePause pause;
    private readonly WorkerDeaths deaths;
    private JobStore jobs = null!;
    private int units;

    public RowE9ServiceAlarms()
    {
        alerts = new ServiceAlerts(new AlertLog(NullLogger.Instance), time);
        state = StateFolder.Open(folder["state"]);
        vault = LocalVault.Open(folder["state/vault"], time);
        (pause, deaths) = (new StorePause(time, new Random(1)), new WorkerDeaths(time));
    }

    public async Task InitializeAsync() => jobs = await JobStore.OpenAsync(new JobOptions { File = folder["state/journal.db"], AuditFile = folder["state/audit.jsonl"] }, time, default);

    public async Task DisposeAsync() => await jobs.DisposeAsync();

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_condition_is_raised_in_its_time_and_ends()
    {
        await BacklogAsync();
        await OldWorkAsync();
        await WaitsForPersonAsync();
        await DossiersDownAsync();
        await LowDiskAsync();
        await WorkersDyingAsync();
        await MachineAtFaultAsync();
        await JournalUncheckedAsync();
        await RetentionFailedAsync();
        row.Report(reasons);
    }

    [Fact]
    public async Task A_quiet_service_raises_nothing_all_day()
    {
        var (watch, maker) = (Watch(), new KeptUnits(jobs, vault, new FolderDossierStore(folder["dossiers"]), time));
        using var retention = new Retention(jobs, vault, new RetentionOptions { After = 365 }, time);
        var chores = Chores(retention);
        for (var hour = 0; hour < 24; hour++)
        {
            await maker.AddAsync(hour);
            await watch.LookAsync(default);
            row.Trial(alerts.Active.Count == 0);
            time.Advance(TimeSpan.FromHours(1));
        }

        await chores.DoAsync(default);
        row.Trial(alerts.Active.Count == 0);
        row.Report(alerts.Active.Select(a => a.ToString()));
    }

    private async Task BacklogAsync()
    {
        var gate = new BacklogGate(10);
        var watch = Watch(gate);
        var waiting = new List<UnitId>();
        for (var i = 0; i < 10; i++)
        {
            await watch.LookAsync(default);
            Assert.False(gate.IsClosed || Stands(ServiceAlertKind.Backlog));
            waiting.Add(await AcceptAsync());
        }

        await watch.LookAsync(default);
        var raised = Stands(ServiceAlertKind.Backlog) && gate.IsClosed;
        await jobs.CancelAsync(waiting[0], "an", default);
        await watch.LookAsync(default);
        var stays = Stands(ServiceAlertKind.Backlog);
        await CancelAllAsync(waiting.Skip(1));
        await watch.LookAsync(default);
        Check(ServiceAlertKind.Backlog, raised && stays, !gate.IsClosed);
    }

    private async Task OldWorkAsync()
    {
        var (watch, unit) = (Watch(), await AcceptAsync());
        await TryAsync(ServiceAlertKind.OldWork, watch, TimeSpan.FromHours(24), () => jobs.CancelAsync(unit, "an", default));
    }

    private async Task WaitsForPersonAsync()
    {
        var (watch, unit) = (Watch(), await AcceptAsync(new Failure(FailureKind.FileEmpty, "empty")));
        await TryAsync(ServiceAlertKind.WaitsForPerson, watch, TimeSpan.FromHours(2), () => jobs.CancelAsync(unit, "an", default));
    }

    private async Task DossiersDownAsync()
    {
        var attachment = new DossierAttachments(folder).Create(1);
        var address = ServiceUnderTest.FreeAddress();
        await using var system = await DossierSystem.StartAsync(folder["system"]);
        pause.Note(await new AttachProtocol(system.Store(o => (o.Address, o.Repeats) = (address + "/", 0))).DeliverAsync(attachment, false, TimeSpan.Zero, default));
        await TryAsync(
            ServiceAlertKind.DossiersDown, Watch(), TimeSpan.FromMinutes(1), async () => pause.Note(await new AttachProtocol(system.Store()).DeliverAsync(attachment, false, TimeSpan.Zero, default)));
    }

    private async Task LowDiskAsync()
    {
        options.LowDiskBytes = vault.FreeBytes - Gigabyte;
        var watch = Watch();
        await watch.LookAsync(default);
        var early = Stands(ServiceAlertKind.LowDisk);
        var filler = folder["filler"];
        await using (new FileStream(filler, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = 2 * Gigabyte }))
        {
            await watch.LookAsync(default);
        }

        var raised = Stands(ServiceAlertKind.LowDisk);
        File.Delete(filler);
        await watch.LookAsync(default);
        Check(ServiceAlertKind.LowDisk, !early && raised, true);
    }

    private async Task WorkersDyingAsync()
    {
        await using var pool = new PageWorkerPool(new PageWorkerOptions { Workers = 1 }, WorkerLaunch.Default(), TimeProvider.System, NullLogger<PageWorkerPool>.Instance);
        pool.PageStarted += (process, _, _) => System.Diagnostics.Process.GetProcessById(process).Kill();
        var page = folder.File("page.png", WhitePages.Png());
        var watch = Watch();
        for (var i = 0; deaths.Recent < options.WorkerDeaths; i++)
        {
            Assert.False(Stands(ServiceAlertKind.WorkersDying));
            deaths.PageDone(UnitId.New(time), 1, await pool.ReadAsync(page, 0, folder[string.Create(CultureInfo.InvariantCulture, $"image{i}")], default));
            await watch.LookAsync(default);
        }

        var raised = Stands(ServiceAlertKind.WorkersDying);
        time.Advance(WorkerDeaths.Span);
        await watch.LookAsync(default);
        Check(ServiceAlertKind.WorkersDying, raised, true);
    }

    private async Task MachineAtFaultAsync()
    {
        var watch = Watch();
        watch.Note(Assert.Throws<DigitizerException>(() => AtomicFile.Write("/proc/digitizer/x", Existing.Keep, _ => { })));
        var raised = Stands(ServiceAlertKind.MachineAtFault);
        time.Advance(TimeSpan.FromMinutes(2));
        await watch.LookAsync(default);
        Check(ServiceAlertKind.MachineAtFault, raised, true);
    }

    private async Task JournalUncheckedAsync()
    {
        using var retention = new Retention(jobs, vault, new RetentionOptions(), time);
        Directory.Delete(folder["state/work"]);
        folder.File("state/work");
        await Chores(retention).DoAsync(default);
        var raised = Stands(ServiceAlertKind.JournalUnchecked);
        File.Delete(folder["state/work"]);
        Directory.CreateDirectory(folder["state/work"]);
        await Chores(retention).DoAsync(default);
        Check(ServiceAlertKind.JournalUnchecked, raised, true);
    }

    private async Task RetentionFailedAsync()
    {
        using var retention = new Retention(jobs, vault, new RetentionOptions { After = 365 }, time);
        Directory.Delete(folder["state/vault/trash"]);
        folder.File("state/vault/trash");
        await Chores(retention).DoAsync(default);
        var raised = Stands(ServiceAlertKind.RetentionFailed);
        File.Delete(folder["state/vault/trash"]);
        Directory.CreateDirectory(folder["state/vault/trash"]);
        await Chores(retention).DoAsync(default);
        Check(ServiceAlertKind.RetentionFailed, raised, true);
    }

    private async Task TryAsync(ServiceAlertKind kind, ServiceWatch watch, TimeSpan after, Func<Task> mend)
    {
        await watch.LookAsync(default);
        time.Advance(after - TimeSpan.FromSeconds(1));
        await watch.LookAsync(default);
        var early = Stands(kind);
        time.Advance(TimeSpan.FromSeconds(1));
        await watch.LookAsync(default);
        var raised = Stands(kind);
        await mend();
        await watch.LookAsync(default);
        Check(kind, !early && raised, true);
    }

    private bool Stands(ServiceAlertKind kind) => alerts.Active.Any(a => a.Kind == kind);

    private void Check(ServiceAlertKind kind, bool raised, bool mended)
    {
        row.Trial(raised && mended && alerts.Active.Count == 0);
        reasons.Add($"{kind}: raised in time {raised}, mended {mended}; what stands: {string.Join(", ", alerts.Active.Select(a => a.Kind))}");
    }

    private async Task<UnitId> AcceptAsync(Failure? refusal = null)
    {
        var unit = UnitId.New(time);
        await jobs.AcceptAsync(
            new NewUnit
            {
                Id = unit,
                Source = "quay",
                ArrivalKey = unit.ToString(),
                Name = [0x61],
                ShownName = "a",
                Bytes = 1,
                Sha256 = string.Create(CultureInfo.InvariantCulture, $"{++units:x64}"),
                ReceivedAt = time.GetUtcNow(),
                Refusal = refusal,
            },
            default);
        return unit;
    }

    private async Task CancelAllAsync(IEnumerable<UnitId> all)
    {
        foreach (var unit in all)
        {
            await jobs.CancelAsync(unit, "an", default);
        }
    }

    private ServiceWatch Watch(BacklogGate? gate = null)
        => new(new Watched(jobs, vault, gate ?? new BacklogGate(0), pause, deaths, ConfinementLevel.Full, 0), options, alerts, time);

    private DailyChores Chores(Retention retention)
        => new(state, jobs, retention, alerts, new DailyClock(folder["state/daily"], new TimeOnly(2, 0), time), NullLogger.Instance);
}
