namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    private static async Task QuarantineAsync(Change change, JobUnit unit, WorkItem item, string owner, Failure failure)
    {
        await change.NoteAsync(item, owner, "quarantined", failure).ConfigureAwait(false);
        switch (item.Kind)
        {
            case WorkKind.Split or WorkKind.Group:
                await ExceptAsync(change, unit, failure).ConfigureAwait(false);
                break;
            case WorkKind.Page:
                await PageEndAsync(change, unit, item, owner, new PageEnd(PageState.Unreadable, null, Failure: failure), (_, _) => null).ConfigureAwait(false);
                break;
            case WorkKind.Assemble or WorkKind.Prove:
                await ReviewAsync(change, unit, item, failure).ConfigureAwait(false);
                break;
            default:
                // Never sent: refused. Sent, or perhaps sent: only the dossier system knows.
                var delivery = await DeliveryAsync(change.Sql, item).ConfigureAwait(false);
                var state = delivery.State == DeliveryState.Pending ? DeliveryState.Refused : DeliveryState.Uncertain;
                await MoveDeliveryAsync(change, item, [delivery], owner, state, null, failure).ConfigureAwait(false);
                break;
        }
    }

    private static async Task ReviewAsync(Change change, JobUnit unit, WorkItem item, Failure failure)
    {
        var document = await DocumentAsync(change.Sql, item.Document!.Value, item.Revision).ConfigureAwait(false);
        var reasons = document.Reasons.Append(failure.Kind.ToString()).Distinct().ToList();
        await change.Sql.ExecuteAsync(
            "UPDATE document SET state = 'needs-review', reasons = @reasons, changed_at = @now WHERE id = @id AND revision = @revision",
            ("reasons", Rows.ToJson(reasons)), ("now", change.Now), ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), What = "document", Document = document.Id, Revision = document.Revision, Failure = failure, State = document with { State = DocumentState.NeedsReview, Reasons = reasons } });
    }
}
