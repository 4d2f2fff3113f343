using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>
    /// Starts again what ended in an exception or waits after a failure: attempts count anew. A document is assembled anew;
    /// what may have reached its dossier is asked for before it is sent.
    /// </summary>
    /// <returns>How many items are queued again.</returns>
    /// <exception cref="DigitizerException">ActNotPossible: nothing of it can be retried.</exception>
    public Task<int> RetryAsync(UnitId unit, string who, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var locked = await LockAsync(change, unit).ConfigureAwait(false);
                var failed = await change.Sql.ListAsync(
                    $"SELECT {Rows.WorkItem} FROM work WHERE unit = @unit AND state = 'quarantined' AND kind <> 'page' ORDER BY id", row => Rows.ToWorkItem(row).Item, ("unit", unit.ToString())).ConfigureAwait(false);
                if (failed.Count == 0 || locked.State == UnitState.Cancelled)
                {
                    throw new DigitizerException(FailureKind.ActNotPossible, locked.State == UnitState.Exception
                        ? $"Unit {unit} was refused when it arrived, so there is nothing to go on with. Mend the file and give it in again."
                        : $"Nothing of unit {unit} failed. See: digitizer jobs show {unit}");
                }

                foreach (var item in failed)
                {
                    await RetryAsync(change, locked, item).ConfigureAwait(false);
                }

                await change.NoteAsync(unit, "retried", who, detail: $"{failed.Count} items").ConfigureAwait(false);
                change.Tell(new AuditLine { Unit = unit.ToString(), What = "retried", Who = who });
                return failed.Count;
            },
            cancellation);

    /// <summary>Gives a unit up; its original stays in the vault.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: it is closed or cancelled, or a document of it has or may have reached its dossier.</exception>
    public Task CancelAsync(UnitId unit, string who, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var locked = await LockAsync(change, unit).ConfigureAwait(false);
                if (locked.State is UnitState.Closed or UnitState.Cancelled)
                {
                    throw new DigitizerException(FailureKind.ActNotPossible, $"Unit {unit} is {StateName.Of(locked.State)} already. There is nothing to cancel.");
                }

                await RefuseIfMayBeThereAsync(change, unit, d => DeliveryRule.MayBeThere(d.State)).ConfigureAwait(false);
                await StopAsync(change, unit, "kind <> ''").ConfigureAwait(false);
                await MoveUnitAsync(change, unit, UnitState.Cancelled).ConfigureAwait(false);
                await change.NoteAsync(unit, "cancelled", who).ConfigureAwait(false);
                change.Tell(new AuditLine { Unit = unit.ToString(), Source = locked.Arrival.Source, What = "cancelled", Who = who, Durable = true });
            },
            cancellation);

    /// <summary>Reads a unit anew with other options, by another profile and for another dossier or the same ones: its pages are read again, its documents get their next revision and supersede what was delivered.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: a delivery is under way or uncertain, or the unit was refused at the door.</exception>
    public Task RestartAsync(UnitId unit, string optionsHash, string profile, DossierClaim? dossier, string who, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var locked = await LockAsync(change, unit).ConfigureAwait(false);
                if (locked.State == UnitState.Exception && await change.Sql.NumberAsync("SELECT count(*) FROM work WHERE unit = @unit", ("unit", unit.ToString())).ConfigureAwait(false) == 0)
                {
                    throw new DigitizerException(FailureKind.ActNotPossible, $"Unit {unit} was refused when it arrived, so there is nothing to read. Mend the file and give it in again.");
                }

                if (locked.TrashedAt is not null)
                {
                    throw new DigitizerException(FailureKind.ActNotPossible, $"Unit {unit} cannot be read anew: its retention is over, and its original was taken out. Scan the paper again.");
                }

                await RefuseIfMayBeThereAsync(change, unit, d => d.State is DeliveryState.Attaching or DeliveryState.Uncertain).ConfigureAwait(false);
                // The reading back of what is attached goes on.
                await StopAsync(change, unit, "kind <> 'verify'").ConfigureAwait(false);
                await change.Sql.ExecuteAsync(
                    "UPDATE document SET state = 'superseded', changed_at = @now, finished_at = @now WHERE unit = @unit AND state <> 'superseded'", ("now", change.Now), ("unit", unit.ToString())).ConfigureAwait(false);
                await change.Sql.ExecuteAsync(
                    "UPDATE unit SET options_hash = @hash, profile = @profile, dossier = @dossier, basis = @basis, confirmed = @confirmed WHERE id = @unit",
                    ("hash", optionsHash), ("profile", profile), ("dossier", dossier?.Code), ("basis", dossier?.Basis), ("confirmed", Confirmed(dossier)), ("unit", unit.ToString())).ConfigureAwait(false);
                await MoveUnitAsync(change, unit, UnitState.Accepted).ConfigureAwait(false);
                await EnqueueAsync(change, WorkKind.Split, unit, locked.Arrival.Priority).ConfigureAwait(false);
                await change.NoteAsync(unit, "restarted", who, detail: dossier?.Code ?? "no dossier").ConfigureAwait(false);
                change.Tell(new AuditLine { Unit = unit.ToString(), What = "restarted", Who = who, Arrival = SideCar.Of(locked.Arrival with { OptionsHash = optionsHash, Profile = profile, Dossier = dossier }), Durable = true });
            },
            cancellation);

    private static async Task RetryAsync(Change change, JobUnit unit, WorkItem item)
    {
        await change.Sql.ExecuteAsync("UPDATE work SET state = 'cancelled' WHERE id = @id", ("id", item.Id)).ConfigureAwait(false);
        switch (item.Kind)
        {
            case WorkKind.Split or WorkKind.Group:
                await MoveUnitAsync(change, unit.Id, item.Kind == WorkKind.Split ? UnitState.Accepted : UnitState.Reading).ConfigureAwait(false);
                await EnqueueAsync(change, item.Kind, unit.Id, item.Priority).ConfigureAwait(false);
                break;
            case WorkKind.Assemble or WorkKind.Prove:
                await RetryDocumentAsync(change, unit, item).ConfigureAwait(false);
                break;
            default:
                var delivery = await DeliveryAsync(change.Sql, item).ConfigureAwait(false);
                if (DeliveryRule.Retried(delivery.State) is { } state)
                {
                    await SetDeliveryAsync(change, unit.Id, delivery with { State = state, Failure = null }).ConfigureAwait(false);
                    await EnqueueAsync(change, WorkKind.Deliver, unit.Id, item.Priority, item.Document, item.Revision).ConfigureAwait(false);
                }

                break;
        }
    }

    private static async Task RetryDocumentAsync(Change change, JobUnit unit, WorkItem item)
    {
        var document = await DocumentAsync(change.Sql, item.Document!.Value, item.Revision).ConfigureAwait(false);
        if (document.State != DocumentState.NeedsReview)
        {
            return;
        }

        var cause = await change.Sql.FirstAsync(
            "SELECT failure_kind FROM history WHERE unit = @unit AND document = @id AND revision = @revision AND what = 'quarantined' ORDER BY id DESC LIMIT 1",
            row => row.GetString(0), ("unit", unit.Id.ToString()), ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        await change.Sql.ExecuteAsync(
            "UPDATE document SET state = 'waiting', reasons = @reasons, changed_at = @now WHERE id = @id AND revision = @revision",
            ("reasons", Rows.ToJson(document.Reasons.Where(r => r != cause))), ("now", change.Now), ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        await EnqueueAsync(change, WorkKind.Assemble, unit.Id, item.Priority, document.Id, document.Revision, document.Part).ConfigureAwait(false);
    }

    /// <summary>Ends a unit's unfinished work and takes back the deliveries that did not begin.</summary>
    private static async Task StopAsync(Change change, UnitId unit, string which)
    {
        await change.Sql.ExecuteAsync(
            $"UPDATE work SET state = 'cancelled', lease_until = NULL, finished_at = @now WHERE unit = @unit AND state IN ('queued', 'running', 'quarantined') AND {which}",
            ("now", change.Now), ("unit", unit.ToString())).ConfigureAwait(false);
        foreach (var delivery in await DeliveriesAsync(change.Sql, unit).ConfigureAwait(false))
        {
            if (delivery.State is DeliveryState.Pending or DeliveryState.Refused or DeliveryState.Conflict)
            {
                await SetDeliveryAsync(change, unit, delivery with { State = DeliveryState.None, Dossier = null, Failure = null }).ConfigureAwait(false);
            }
        }
    }

    private static async Task RefuseIfMayBeThereAsync(Change change, UnitId unit, Func<JobDelivery, bool> refuses)
    {
        if ((await DeliveriesAsync(change.Sql, unit).ConfigureAwait(false)).FirstOrDefault(refuses) is { } delivery)
        {
            throw new DigitizerException(
                FailureKind.ActNotPossible, $"Document {delivery.Document} is {StateName.Of(delivery.State)}: it is, or may be, in its dossier. Wait for the delivery, or settle it first.");
        }
    }
}
