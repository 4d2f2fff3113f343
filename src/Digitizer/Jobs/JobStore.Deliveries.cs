using Digitizer.Failures;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Before anything is sent: from now on the dossier system may have been asked. The item stays claimed.</summary>
    /// <returns>The delivery; if its state was Attaching before (a crash, a retry), ask the dossier system before sending.</returns>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task<JobDelivery> AttachStartedAsync(WorkItem item, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                await LockAsync(change, item.Unit).ConfigureAwait(false);
                await HeldAsync(change, item, "UPDATE work SET lease_until = lease_until").ConfigureAwait(false);
                var delivery = await DeliveryAsync(change.Sql, item).ConfigureAwait(false);
                await MoveDeliveryAsync(change, item, null, DeliveryState.Attaching, delivery.Receipt, null).ConfigureAwait(false);
                return delivery;
            },
            cancellation);

    /// <summary>The dossier system said that it has the document; it is to be read back.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task AttachedAsync(WorkItem item, string receipt, CancellationToken cancellation)
        => FinishAsync(
            item,
            WorkState.Done,
            async (change, unit, owner) =>
            {
                await MoveDeliveryAsync(change, item, owner, DeliveryState.Attached, receipt, null).ConfigureAwait(false);
                await EnqueueAsync(change, WorkKind.Verify, unit.Id, unit.Arrival.Priority, item.Document, item.Revision).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>What was attached was read back and is the same.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task VerifiedAsync(WorkItem item, CancellationToken cancellation)
        => FinishAsync(
            item,
            WorkState.Done,
            async (change, unit, owner) =>
            {
                var delivery = await DeliveryAsync(change.Sql, item).ConfigureAwait(false);
                await MoveDeliveryAsync(change, item, owner, DeliveryState.Verified, delivery.Receipt, null).ConfigureAwait(false);
                await CloseIfDoneAsync(change, unit.Id).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>The dossier system may or may not have it, and cannot be asked: a person decides.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task UncertainAsync(WorkItem item, Failure why, CancellationToken cancellation) => WaitForPersonAsync(item, DeliveryState.Uncertain, why, cancellation);

    /// <summary>The dossier holds something else under this document's id.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task ConflictAsync(WorkItem item, Failure why, CancellationToken cancellation) => WaitForPersonAsync(item, DeliveryState.Conflict, why, cancellation);

    /// <summary>The dossier system does not take it, and will not by itself.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task DeliveryRefusedAsync(WorkItem item, Failure why, CancellationToken cancellation) => WaitForPersonAsync(item, DeliveryState.Refused, why, cancellation);

    private Task WaitForPersonAsync(WorkItem item, DeliveryState state, Failure why, CancellationToken cancellation)
        => FinishAsync(item, WorkState.Quarantined, (change, _, owner) => MoveDeliveryAsync(change, item, owner, state, null, why), cancellation);

    private static async Task StartDeliveryAsync(Change change, JobUnit unit, JobDocument document)
    {
        var wanted = document.Dossier is { Confirmed: true };
        var id = Rows.ToText(document.Id);
        // What the dossier holds of an earlier revision, to be replaced under its own digest.
        var supersedes = await change.Sql.FirstAsync(
            "SELECT sha256 FROM delivery WHERE document = @id AND revision < @revision AND state IN ('attached', 'verified') ORDER BY revision DESC LIMIT 1",
            row => row.GetString(0), ("id", id), ("revision", document.Revision)).ConfigureAwait(false);
        await change.Sql.ExecuteAsync(
            """
            INSERT INTO delivery (document, revision, dossier, state, sha256, supersedes, changed_at, finished_at)
            VALUES (@id, @revision, @dossier, @state, @sha256, @supersedes, @now, @finished)
            """,
            ("id", id), ("revision", document.Revision), ("dossier", wanted ? document.Dossier!.Code : null), ("state", wanted ? "pending" : "none"), ("sha256", document.PdfSha256),
            ("supersedes", supersedes), ("now", change.Now), ("finished", wanted ? null : change.Now)).ConfigureAwait(false);
        if (wanted)
        {
            await EnqueueAsync(change, WorkKind.Deliver, unit.Id, unit.Arrival.Priority, document.Id, document.Revision, document.Part).ConfigureAwait(false);
        }
    }

    private static async Task MoveDeliveryAsync(Change change, WorkItem item, string? owner, DeliveryState state, string? receipt, Failure? failure)
    {
        await change.Sql.ExecuteAsync(
            """
            UPDATE delivery SET state = @state, receipt = coalesce(@receipt, receipt), failure_kind = @failure, failure_message = @message, changed_at = @now, finished_at = @finished
            WHERE document = @id AND revision = @revision
            """,
            ("state", StateName.Of(state)), ("receipt", receipt), ("failure", failure?.Kind.ToString()), ("message", failure?.Message), ("now", change.Now),
            ("finished", state == DeliveryState.Verified ? change.Now : null), ("id", Rows.ToText(item.Document!.Value)), ("revision", item.Revision)).ConfigureAwait(false);
        await change.NoteAsync(item, owner ?? "", StateName.Of(state), failure).ConfigureAwait(false);
        var delivery = await DeliveryAsync(change.Sql, item).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = item.Unit.ToString(), What = "delivery", Document = item.Document, Revision = item.Revision, Delivery = delivery, Durable = state is DeliveryState.Attaching or DeliveryState.Attached });
    }

    private static async Task<JobDelivery> DeliveryAsync(JournalSql sql, WorkItem item)
        => await sql.FirstAsync(
            $"SELECT {Rows.Delivery} FROM delivery WHERE document = @id AND revision = @revision", Rows.ToDelivery,
            ("id", Rows.ToText(item.Document!.Value)), ("revision", item.Revision)).ConfigureAwait(false)
            ?? throw new DigitizerException(FailureKind.Internal, $"Document {item.Document} has no delivery. Hand this message to support.");
}
