using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging;

namespace Digitizer.Service;

/// <summary>What a service does once a day: looks for damage in its journal, then takes out of the vault what is over its time.</summary>
internal sealed partial class DailyChores(StateFolder state, JobStore jobs, Retention retention, ServiceAlerts alerts, DailyClock clock, ILogger log)
{
    private const string Who = "retention";

    // No two processes do it at the same time; what one has done leaves nothing to the next.
    private static readonly TimeSpan Lease = TimeSpan.FromHours(6);

    private readonly string owner = Guid.NewGuid().ToString("N");

    /// <summary>Does it day by day.</summary>
    /// <exception cref="DigitizerException">JournalBroken: nothing may be acknowledged any more; the journal's others.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await clock.WaitAsync(cancellation).ConfigureAwait(false);
            await DoAsync(cancellation).ConfigureAwait(false);
            clock.Done();
        }
    }

    /// <summary>Does it now.</summary>
    /// <exception cref="DigitizerException">As <see cref="RunAsync"/>.</exception>
    public async Task DoAsync(CancellationToken cancellation)
    {
        await CheckJournalAsync(cancellation).ConfigureAwait(false);
        await TakeOutAsync(cancellation).ConfigureAwait(false);
    }

    private async Task CheckJournalAsync(CancellationToken cancellation)
    {
        try
        {
            using var folder = state.CreateUnitFolder();
            await jobs.CheckAsync(folder.Document(".db"), cancellation).ConfigureAwait(false);
            alerts.Set(ServiceAlertKind.JournalUnchecked, null);
            Checked(log);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.OutputNotWritable)
        {
            alerts.Set(ServiceAlertKind.JournalUnchecked, e.Message);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.JournalBroken)
        {
            // Never mended here: what is right in it is not for a program to guess.
            alerts.Set(ServiceAlertKind.JournalDamaged, e.Message);
            JournalGuard.MarkDamaged(state.Path, e.Message);
            throw;
        }
    }

    private async Task TakeOutAsync(CancellationToken cancellation)
    {
        if (!await jobs.TakeChoreAsync(Who, owner, Lease, TimeSpan.Zero, cancellation).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            var report = await retention.RunAsync(Who, isTrial: false, cancellation).ConfigureAwait(false);
            alerts.Set(ServiceAlertKind.RetentionFailed, null);
            if (report.Trashed.Count + report.Files > 0)
            {
                TakenOut(log, report.Trashed.Count, report.Purged.Count, report.Files);
            }
        }
        catch (DigitizerException e) when (e.Kind is FailureKind.OutputNotWritable or FailureKind.OriginalMissing or FailureKind.StorageUnavailable or FailureKind.StorageDenied)
        {
            alerts.Set(ServiceAlertKind.RetentionFailed, $"{e.Message} It is tried again tomorrow, or by: digitizer purge");
        }

        await jobs.DoneChoreAsync(Who, owner, cancellation).ConfigureAwait(false);
    }

    [LoggerMessage(2120, LogLevel.Information, "The journal was checked and is whole")]
    private static partial void Checked(ILogger log);

    [LoggerMessage(2121, LogLevel.Information, "Retention: {Trashed} units into the trash, {Purged} units purged, {Files} files deleted")]
    private static partial void TakenOut(ILogger log, int trashed, int purged, int files);
}
