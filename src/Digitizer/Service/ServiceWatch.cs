using Digitizer.Confinement;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer.Service;

/// <summary>What a watch looks at.</summary>
/// <param name="Jobs">The journal.</param>
/// <param name="Vault">The disk of what comes in.</param>
/// <param name="Gate">Is told how much work waits.</param>
/// <param name="Pause">Knows whether the dossier system is down.</param>
/// <param name="Deaths">Of page-workers.</param>
/// <param name="Confinement">What holds them.</param>
/// <param name="MinFreeBytes">Without so many nothing is taken in.</param>
internal sealed record Watched(JobStore Jobs, LocalVault Vault, BacklogGate Gate, StorePause Pause, WorkerDeaths Deaths, ConfinementLevel Confinement, long MinFreeBytes);

/// <summary>Looks at the whole service again and again, and raises alerts for what a person should know.</summary>
internal sealed class ServiceWatch(Watched watched, AlarmOptions options, ServiceAlerts alerts, TimeProvider time)
{
    // A lane whose machine is at fault tries again after a minute at most.
    private static readonly TimeSpan FaultIsOver = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private (DateTimeOffset At, FailureKind Kind)? fault;

    /// <summary>What waited at the last look; null before the first.</summary>
    public Backlog? Backlog { get; private set; }

    /// <summary>Why nothing can be taken in now, by what the looks know; empty: it can.</summary>
    public IEnumerable<string> Refusals
    {
        get
        {
            if (watched.Gate.IsClosed)
            {
                yield return nameof(ServiceAlertKind.Backlog);
            }

            if (watched.Vault.FreeBytes < watched.MinFreeBytes)
            {
                yield return nameof(AlertKind.NoRoom);
            }

            if (Fault is FailureKind.ConfinementUnavailable)
            {
                yield return nameof(FailureKind.ConfinementUnavailable);
            }
        }
    }

    private FailureKind? Fault
    {
        get
        {
            lock (gate)
            {
                return fault is { } known && time.GetUtcNow() - known.At < FaultIsOver ? known.Kind : null;
            }
        }
    }

    /// <summary>Looks until it is cancelled.</summary>
    /// <exception cref="DigitizerException">The journal's own.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await LookAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(options.LookSeconds), time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once; a journal on a server that does not answer is reported, and looked for again.</summary>
    /// <exception cref="DigitizerException">The journal's own.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAtAllAsync(cancellation).ConfigureAwait(false);
            alerts.Set(ServiceAlertKind.JournalAway, null);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.JournalUnavailable && watched.Jobs.MayComeBack)
        {
            alerts.Set(ServiceAlertKind.JournalAway, "The journal's PostgreSQL does not answer: nothing is taken in, nothing is worked on, nothing is lost. Start it, or check network and connection string; the service goes on by itself.");
        }
    }

    private async Task LookAtAllAsync(CancellationToken cancellation)
    {
        var backlog = await watched.Jobs.BacklogAsync(cancellation).ConfigureAwait(false);
        Backlog = backlog;
        watched.Gate.Look(backlog.Waiting.Values.Sum() + backlog.Running.Values.Sum());
        alerts.Set(ServiceAlertKind.Backlog, watched.Gate.Message);
        alerts.Set(ServiceAlertKind.OldWork, OldWork(backlog));
        alerts.Set(ServiceAlertKind.WaitsForPerson, await WaitsForPersonAsync(cancellation).ConfigureAwait(false));
        alerts.Set(ServiceAlertKind.DossiersDown, DossiersDown());
        alerts.Set(ServiceAlertKind.LowDisk, LowDisk());
        alerts.Set(ServiceAlertKind.NotConfined, watched.Confinement == ConfinementLevel.Full ? null : "Page-workers run unconfined, as the configuration allows: whoever can send a scan may take over this machine. Install bubblewrap and set AllowUnconfined to false.");
        alerts.Set(ServiceAlertKind.WorkersDying, WorkersDying());
        alerts.Set(ServiceAlertKind.MachineAtFault, MachineAtFault());
    }

    /// <summary>Work met a fault of the machine: disk full, engine gone.</summary>
    public void Note(DigitizerException failure)
    {
        lock (gate)
        {
            fault = (time.GetUtcNow(), failure.Kind);
        }

        alerts.Set(ServiceAlertKind.MachineAtFault, MachineAtFault());
    }

    private string? OldWork(Backlog backlog)
        => options.OldestHours is { } hours && backlog.Oldest is { } oldest && time.GetUtcNow() - oldest >= TimeSpan.FromHours(hours)
            ? $"Work waits since {Shown(oldest)}. Look why: digitizer jobs list." : null;

    private async Task<string?> WaitsForPersonAsync(CancellationToken cancellation)
    {
        if (options.PersonHours is not { } hours
            || await watched.Jobs.UnitsAsync(new UnitFilter(NeedsPerson: true), new Slice(1), cancellation).ConfigureAwait(false) is not [var first]
            || time.GetUtcNow() - first.ChangedAt < TimeSpan.FromHours(hours))
        {
            return null;
        }

        return $"Unit {first.Id} waits for a person since {Shown(first.ChangedAt)}. See: digitizer jobs list --waiting";
    }

    private string? DossiersDown()
        => watched.Pause.DownSince is { } since && time.GetUtcNow() - since >= TimeSpan.FromMinutes(options.DossiersDownMinutes)
            ? $"The dossier system takes nothing since {Shown(since)}; deliveries wait in their order. Check network, address and credentials." : null;

    private string? LowDisk()
    {
        var (free, least) = (watched.Vault.FreeBytes, options.LowDiskBytes ?? 2 * watched.MinFreeBytes);
        return free < least ? $"The vault's disk has {free >> 20} MB left. Below {watched.MinFreeBytes >> 20} MB nothing is taken in. Free space." : null;
    }

    private string? WorkersDying()
        => watched.Deaths.Recent is var deaths && deaths >= options.WorkerDeaths
            ? $"{deaths} page-workers died within {WorkerDeaths.Span.TotalMinutes:0} minutes. Look at memory and logs, and run digitizer check." : null;

    // What exactly stands in the journal, as reason of the work that waits: it may name a file.
    private string? MachineAtFault() => Fault is { } kind ? $"Work cannot be done on this machine now: {kind}. It is tried again; see digitizer check." : null;

    private string Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
