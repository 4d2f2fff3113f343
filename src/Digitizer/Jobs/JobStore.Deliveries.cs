using Digitizer.Failures;
using Digitizer.Intake;

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
                Expect(item, WorkKind.Deliver);
                var held = new Query<string>(
                    $"SELECT owner FROM work WHERE id = @id AND epoch = @epoch AND state = 'running' {database.ForUpdate}", row => row.GetString(0), ("id", item.Id), ("epoch", item.Epoch));
                var (_, owner, deliveries) = await LockAsync(change, item, held, DeliveryQuery(item)).ConfigureAwait(false);
                return await MoveDeliveryAsync(change, item, deliveries, owner, DeliveryState.Attaching, null, null).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>The dossier system said that it has the document; it is to be read back.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task AttachedAsync(WorkItem item, string receipt, CancellationToken cancellation)
        => FinishAsync(
            item,
            [WorkKind.Deliver],
            WorkState.Done,
            DeliveryQuery,
            async (change, unit, owner, deliveries) =>
            {
                await MoveDeliveryAsync(change, item, deliveries, owner, DeliveryState.Attached, receipt, null).ConfigureAwait(false);
                await EnqueueAsync(change, WorkKind.Verify, unit.Id, unit.Arrival.Priority, item.Document, item.Revision).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>What was attached was read back and is the same.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task VerifiedAsync(WorkItem item, CancellationToken cancellation)
        => FinishAsync(
            item,
            [WorkKind.Verify],
            WorkState.Done,
            OpenQuery,
            async (change, unit, owner, rows) =>
            {
                await MoveDeliveryAsync(change, item, [.. rows.Select(row => row.Delivery)], owner, DeliveryState.Verified, null, null).ConfigureAwait(false);
                if (rows[0].OthersAreOpen == 0 && unit.State == UnitState.Documents)
                {
                    await CloseAsync(change, unit).ConfigureAwait(false);
                }
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
        => FinishAsync(
            item, [WorkKind.Deliver, WorkKind.Verify], WorkState.Quarantined, DeliveryQuery, (change, _, owner, deliveries) => MoveDeliveryAsync(change, item, deliveries, owner, state, null, why), cancellation);

    private static bool IsDelivered(JobDocument document) => document.Dossier is { Confirmed: true };

    private static async Task StartDeliveryAsync(Change change, JobUnit unit, JobDocument document, IReadOnlyList<JobDelivery> deliveries)
    {
        var wanted = IsDelivered(document);
        var id = Rows.ToText(document.Id);
        // What the dossier holds of an earlier revision, to be replaced under its own digest.
        var before = deliveries.Where(d => d.Revision < document.Revision && d.State is DeliveryState.Attached or DeliveryState.Verified).ToList();
        var supersedes = before.Find(d => d.Dossier == document.Dossier?.Code)?.Sha256;
        foreach (var elsewhere in before.Select(d => d.Dossier).Distinct(StringComparer.Ordinal).Where(d => d != document.Dossier?.Code))
        {
            await change.NoteAsync(unit.Id, "an earlier revision stays in another dossier", document: document.Id, revision: document.Revision, detail: elsewhere).ConfigureAwait(false);
        }

        await change.Sql.LaterAsync(
            """
            INSERT INTO delivery (document, revision, dossier, state, sha256, supersedes, changed_at, finished_at)
            VALUES (@id, @revision, @dossier, @state, @sha256, @supersedes, @now, @finished)
            """,
            ("id", id), ("revision", document.Revision), ("dossier", wanted ? document.Dossier!.Code : null), ("state", wanted ? "pending" : "none"), ("sha256", document.DeliveredSha256),
            ("supersedes", supersedes), ("now", change.Now), ("finished", wanted ? null : change.Now)).ConfigureAwait(false);
        if (wanted)
        {
            await EnqueueAsync(change, WorkKind.Deliver, unit.Id, unit.Arrival.Priority, document.Id, document.Revision, document.Part).ConfigureAwait(false);
        }
    }

    /// <summary>After a rebuild: what may be in the dossier is asked for, what is there is read back, the rest waits for a person.</summary>
    private static async Task ResumeDeliveryAsync(Change change, JobUnit unit, JobDocument document, JobDelivery known)
    {
        WorkKind? kind = known.State switch
        {
            DeliveryState.Attaching => WorkKind.Deliver,
            DeliveryState.Attached => WorkKind.Verify,
            _ => null,
        };
        if (kind is { } next)
        {
            await EnqueueAsync(change, next, unit.Id, unit.Arrival.Priority, document.Id, document.Revision, document.Part).ConfigureAwait(false);
        }
    }

    /// <summary>Moves the delivery of a claimed item.</summary>
    /// <exception cref="DigitizerException">Internal: there is no such move.</exception>
    private static async Task<JobDelivery> MoveDeliveryAsync(Change change, WorkItem item, IReadOnlyList<JobDelivery> deliveries, string owner, DeliveryState state, string? receipt, Failure? failure)
    {
        var before = deliveries.Count == 0 ? throw NoDelivery(item) : deliveries[0];
        if (!DeliveryRule.Allows(before.State, state))
        {
            throw new DigitizerException(FailureKind.Internal, $"A delivery cannot become {StateName.Of(state)}: it is {StateName.Of(before.State)}. Hand this message to support.");
        }

        await SetDeliveryAsync(change, item.Unit, before with { State = state, Receipt = receipt ?? before.Receipt, Failure = failure }).ConfigureAwait(false);
        await change.NoteAsync(item, owner, StateName.Of(state), failure).ConfigureAwait(false);
        return before;
    }

    private static async Task SetDeliveryAsync(Change change, UnitId unit, JobDelivery delivery)
    {
        await change.Sql.LaterAsync(
            """
            UPDATE delivery SET state = @state, dossier = @dossier, receipt = @receipt, failure_kind = @failure, failure_message = @message, changed_at = CASE WHEN state = @state THEN changed_at ELSE @now END, finished_at = @finished
            WHERE document = @id AND revision = @revision
            """,
            ("state", StateName.Of(delivery.State)), ("dossier", delivery.Dossier), ("receipt", delivery.Receipt), ("failure", delivery.Failure?.Kind.ToString()), ("message", delivery.Failure?.Message),
            ("now", change.Now), ("finished", DeliveryRule.IsFinished(delivery.State) ? change.Now : null), ("id", Rows.ToText(delivery.Document)), ("revision", delivery.Revision)).ConfigureAwait(false);
        // From attaching on the outside may know; what was verified or taken back must not be done again.
        change.Tell(new AuditLine
        {
            Unit = unit.ToString(),
            What = "delivery",
            Document = delivery.Document,
            Revision = delivery.Revision,
            Delivery = delivery,
            Durable = delivery.State is DeliveryState.Attaching or DeliveryState.Attached,
        });
    }

    private static Task<List<JobDelivery>> DeliveriesAsync(JournalSql sql, UnitId unit)
        => sql.ListAsync(
            $"SELECT {Rows.Delivery} FROM delivery WHERE document IN (SELECT id FROM document WHERE unit = @unit) ORDER BY document, revision", Rows.ToDelivery, ("unit", unit.ToString()));

    private static async Task<JobDelivery> DeliveryAsync(JournalSql sql, WorkItem item)
        => await sql.FirstAsync(DeliveryQuery(item)).ConfigureAwait(false) ?? throw NoDelivery(item);

    private static Query<JobDelivery> DeliveryQuery(WorkItem item) => DeliveryQuery(item.Document!.Value, item.Revision);

    private static Query<JobDelivery> DeliveryQuery(Guid document, int revision)
        => new($"SELECT {Rows.Delivery} FROM delivery WHERE document = @id AND revision = @revision", Rows.ToDelivery, ("id", Rows.ToText(document)), ("revision", revision));

    /// <summary>The delivery of a claimed item, and how many other documents and deliveries of its unit are not finished.</summary>
    private static Query<(JobDelivery Delivery, long OthersAreOpen)> OpenQuery(WorkItem item) => new(
        $"""
        SELECT {Rows.Delivery}, (SELECT count(*) FROM document WHERE unit = @unit AND finished_at IS NULL) + (SELECT count(*) FROM delivery v JOIN document d ON d.id = v.document AND d.revision = v.revision
            WHERE d.unit = @unit AND v.finished_at IS NULL AND NOT (v.document = @id AND v.revision = @revision))
        FROM delivery WHERE document = @id AND revision = @revision
        """,
        row => (Rows.ToDelivery(row), row.GetInt64(10)), ("unit", item.Unit.ToString()), ("id", Rows.ToText(item.Document!.Value)), ("revision", item.Revision));

    /// <summary>Those of a document up to a revision, newest first.</summary>
    private static Query<JobDelivery> DeliveriesQuery(Guid document, int revision)
        => new($"SELECT {Rows.Delivery} FROM delivery WHERE document = @id AND revision <= @revision ORDER BY revision DESC", Rows.ToDelivery, ("id", Rows.ToText(document)), ("revision", revision));

    private static DigitizerException NoDelivery(WorkItem item) => new(FailureKind.Internal, $"Document {item.Document} has no delivery. Hand this message to support.");
}
