using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>What the history says when a person has found a document in its dossier.</summary>
    public const string ConfirmedByPerson = "confirmed by a person";

    /// <summary>
    /// A person decides a document's dossier, having looked at it: once proved it is ready. A delivery that did not
    /// begin, or was refused, goes to the new dossier.
    /// </summary>
    /// <exception cref="DigitizerException">ActNotPossible: it is, or may be, in a dossier; its unit was cancelled; or there is no such document.</exception>
    public Task AssignAsync(Guid document, DossierKey dossier, string who, CancellationToken cancellation)
        => DecideAsync(document, who, $"assigned to {dossier.Code}", (change, unit, found) => AssignAsync(change, unit, found, new DossierClaim(dossier.Code, "person", true)), cancellation);

    /// <summary>A person has looked at a document that needed it, and lets it go on as it is.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: it does not wait for a person, has no proof, or its dossier is only proposed.</exception>
    public Task ReleaseAsync(Guid document, string who, CancellationToken cancellation)
        => DecideAsync(
            document,
            who,
            "released",
            async (change, unit, found) =>
            {
                if (found.Reasons.Contains(nameof(FailureKind.DossierMissing)))
                {
                    throw NotPossible(found, "it has no dossier, and would be filed nowhere. Assign one, or cancel its unit");
                }

                if (found is not { State: DocumentState.NeedsReview, PagesCompared: not null } || found.Dossier is { Confirmed: false })
                {
                    throw NotPossible(found, "only what needs review, is proved and has no proposed dossier can be released. Retry its unit, or assign a dossier");
                }

                await SettleAsync(change, unit, found with { Reasons = [] }).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>A person found an uncertain or conflicting document in its dossier, as it should be.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: its delivery does not wait for a person.</exception>
    public Task ConfirmAttachedAsync(Guid document, string receipt, string who, CancellationToken cancellation)
        => SettleDeliveryAsync(document, who, ConfirmedByPerson, d => d with { State = DeliveryState.Verified, Receipt = receipt, Failure = null }, cancellation);

    /// <summary>A person made sure that an uncertain document is not in its dossier: it is sent again.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: its delivery does not wait for a person.</exception>
    public Task SendAgainAsync(Guid document, string who, CancellationToken cancellation)
        => SettleDeliveryAsync(document, who, "sent again by a person", d => d with { State = DeliveryState.Pending, Failure = null }, cancellation);

    private Task SettleDeliveryAsync(Guid document, string who, string what, Func<JobDelivery, JobDelivery> move, CancellationToken cancellation)
        => DecideAsync(
            document,
            who,
            what,
            async (change, unit, found) =>
            {
                var delivery = await FindDeliveryAsync(change.Sql, found).ConfigureAwait(false);
                if (delivery is null || !DeliveryRule.WaitsForPerson(delivery.State))
                {
                    throw NotPossible(found, "its delivery does not wait for a person");
                }

                await ResendAsync(change, unit, move(delivery)).ConfigureAwait(false);
                await CloseIfDoneAsync(change, unit).ConfigureAwait(false);
            },
            cancellation);

    private Task DecideAsync(Guid id, string who, string what, Func<Change, JobUnit, JobDocument, Task> decide, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var owner = await IdAsync(change.Sql, "SELECT unit FROM document WHERE id = @id LIMIT 1", ("id", Rows.ToText(id))).ConfigureAwait(false)
                    ?? throw new DigitizerException(FailureKind.ActNotPossible, $"There is no document {id}. See: digitizer jobs list");
                var unit = await LockAsync(change, owner).ConfigureAwait(false);
                var document = (await DocumentsAsync(change.Sql, owner).ConfigureAwait(false)).Last(d => d.Id == id);
                if (unit.State is UnitState.Cancelled or UnitState.Exception || document.State == DocumentState.Superseded)
                {
                    throw NotPossible(document, $"its unit is {StateName.Of(unit.State)}");
                }

                await change.NoteAsync(owner, what, who, id, document.Revision).ConfigureAwait(false);
                await decide(change, unit, document).ConfigureAwait(false);
                change.Tell(new AuditLine { Unit = owner.ToString(), What = what, Who = who, Document = id, Revision = document.Revision, Durable = true });
            },
            cancellation);

    private static async Task AssignAsync(Change change, JobUnit unit, JobDocument document, DossierClaim claim)
    {
        var delivery = await FindDeliveryAsync(change.Sql, document).ConfigureAwait(false);
        if (delivery is not null && DeliveryRule.MayBeThere(delivery.State))
        {
            throw NotPossible(document, $"its delivery is {StateName.Of(delivery.State)}: it is, or may be, in a dossier");
        }

        await change.Sql.ExecuteAsync(
            "UPDATE document SET dossier = @dossier, basis = @basis, confirmed = 1, changed_at = @now WHERE id = @id AND revision = @revision",
            ("dossier", claim.Code), ("basis", claim.Basis), ("now", change.Now), ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        if (delivery is not null)
        {
            await ResendAsync(change, unit, delivery with { State = DeliveryState.Pending, Dossier = claim.Code, Failure = null }).ConfigureAwait(false);
        }
        else if (document is { State: DocumentState.NeedsReview, PagesCompared: not null })
        {
            await SettleAsync(change, unit, document with { Dossier = claim, Reasons = [] }).ConfigureAwait(false);
        }
    }

    /// <summary>A delivery begins anew, or ends, by a person's word: its items follow.</summary>
    private static async Task ResendAsync(Change change, JobUnit unit, JobDelivery delivery)
    {
        await SetDeliveryAsync(change, unit.Id, delivery).ConfigureAwait(false);
        await change.Sql.ExecuteAsync(
            "UPDATE work SET state = 'cancelled' WHERE unit = @unit AND document = @id AND revision = @revision AND kind IN ('deliver', 'verify') AND state = 'quarantined'",
            ("unit", unit.Id.ToString()), ("id", Rows.ToText(delivery.Document)), ("revision", delivery.Revision)).ConfigureAwait(false);
        var live = await change.Sql.NumberAsync(
            "SELECT count(*) FROM work WHERE unit = @unit AND kind = 'deliver' AND document = @id AND revision = @revision AND state IN ('queued', 'running')",
            ("unit", unit.Id.ToString()), ("id", Rows.ToText(delivery.Document)), ("revision", delivery.Revision)).ConfigureAwait(false);
        if (live == 0 && delivery.State == DeliveryState.Pending)
        {
            await MoveUnitAsync(change, unit.Id, UnitState.Documents).ConfigureAwait(false);
            await EnqueueAsync(change, WorkKind.Deliver, unit.Id, unit.Arrival.Priority, delivery.Document, delivery.Revision).ConfigureAwait(false);
        }
    }

    private static Task<JobDelivery?> FindDeliveryAsync(JournalSql sql, JobDocument document)
        => sql.FirstAsync(DeliveryQuery(document.Id, document.Revision));

    private static DigitizerException NotPossible(JobDocument document, string why)
        => new(FailureKind.ActNotPossible, $"Document {document.Id} is {StateName.Of(document.State)}: {why}. See: digitizer jobs show {document.Unit}");
}
