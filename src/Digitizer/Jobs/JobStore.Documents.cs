using Digitizer.Failures;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>A document's files are in the vault; it is to be proved.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task AssembleDoneAsync(WorkItem item, AssembledFiles files, CancellationToken cancellation)
        => FinishAsync(item, [WorkKind.Assemble], WorkState.Done, DocumentQuery, (change, unit, owner, documents) => AssembleDoneAsync(change, unit, item, owner, documents[0], files), cancellation);

    /// <summary>
    /// A document passed the proof: it is ready, and its delivery pending if it has a confirmed dossier; or it waits for
    /// a person, if there is a reason or its dossier is only proposed.
    /// </summary>
    /// <returns>Ready or NeedsReview.</returns>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public async Task<DocumentState> ProveDoneAsync(WorkItem item, int pagesCompared, double worstDifference, string jsonSha256, CancellationToken cancellation)
    {
        var state = DocumentState.Proved;
        await FinishAsync(
            item,
            [WorkKind.Prove],
            WorkState.Done,
            DocumentQuery,
            async (change, unit, owner, documents) =>
            {
                await change.Sql.OneLaterAsync(
                    () => Unfit("the document"),
                    "UPDATE document SET state = 'proved', pages_compared = @pages, worst_difference = @worst, json_sha256 = @json, changed_at = @now WHERE id = @id AND revision = @revision AND state = 'assembled'",
                    ("pages", pagesCompared), ("worst", worstDifference), ("json", jsonSha256), ("now", change.Now), ("id", Rows.ToText(item.Document!.Value)), ("revision", item.Revision)).ConfigureAwait(false);
                await change.NoteAsync(item, owner, "proved").ConfigureAwait(false);
                var proved = documents[0] with { State = DocumentState.Proved, PagesCompared = pagesCompared, WorstDifference = worstDifference, JsonSha256 = jsonSha256 };
                state = await SettleAsync(change, unit, proved).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        return state;
    }

    private static async Task AssembleDoneAsync(Change change, JobUnit unit, WorkItem item, string owner, JobDocument document, AssembledFiles files)
    {
        await change.Sql.OneLaterAsync(
            () => Unfit("the document"),
            """
            UPDATE document SET state = 'assembled', pdf_sha256 = @pdf, pdf_bytes = @bytes, text_sha256 = @text, copy_sha256 = @copy, copy_bytes = @copyBytes, sizes = @sizes, reasons = @reasons, changed_at = @now
            WHERE id = @id AND revision = @revision AND state = 'waiting'
            """,
            ("pdf", files.PdfSha256), ("bytes", files.PdfBytes), ("text", files.TextSha256), ("copy", files.CopySha256), ("copyBytes", files.CopyBytes), ("sizes", Rows.ToJson(files.Sizes)), ("reasons", Rows.ToJson(document.Reasons.Where(reason => reason != nameof(FailureKind.PdfTooLarge)).Concat(files.Reasons))),
            ("now", change.Now), ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        await change.NoteAsync(item, owner, "assembled").ConfigureAwait(false);
        await EnqueueAsync(change, WorkKind.Prove, unit.Id, unit.Arrival.Priority, document.Id, document.Revision, document.Part).ConfigureAwait(false);
    }

    /// <summary>From proved: ready with its delivery, or needs-review.</summary>
    private static async Task<DocumentState> SettleAsync(Change change, JobUnit unit, JobDocument document)
    {
        var deliveries = await change.Sql.ListAsync(DeliveriesQuery(document.Id, document.Revision)).ConfigureAwait(false);
        var reasons = document.Dossier is { Confirmed: false } ? document.Reasons.Append(nameof(FailureKind.DossierProposed)).Distinct().ToList() : document.Reasons;
        // After a rebuild: it was decided before that it goes to its dossier.
        var known = deliveries.FirstOrDefault(delivery => delivery.Revision == document.Revision);
        var state = reasons.Count == 0 || known is not null ? DocumentState.Ready : DocumentState.NeedsReview;
        await change.Sql.LaterAsync(
            "UPDATE document SET state = @state, reasons = @reasons, changed_at = @now, finished_at = @finished WHERE id = @id AND revision = @revision",
            ("state", StateName.Of(state)), ("reasons", Rows.ToJson(reasons)), ("now", change.Now), ("finished", state == DocumentState.Ready ? change.Now : null),
            ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false);
        await change.NoteAsync(unit.Id, StateName.Of(state), document: document.Id, revision: document.Revision, detail: string.Join(", ", reasons)).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), What = "document", Document = document.Id, Revision = document.Revision, State = document with { State = state, Reasons = reasons } });
        if (state == DocumentState.Ready)
        {
            await (known is null ? StartDeliveryAsync(change, unit, document, deliveries) : ResumeDeliveryAsync(change, unit, document, known)).ConfigureAwait(false);
            if (known is not null || !IsDelivered(document))
            {
                await CloseIfDoneAsync(change, unit).ConfigureAwait(false);
            }
        }

        return state;
    }

    private static Query<JobDocument> DocumentQuery(WorkItem item) => DocumentQuery(item.Document!.Value, item.Revision);

    private static Query<JobDocument> DocumentQuery(Guid id, int revision)
        => new($"SELECT {Rows.Document} FROM document WHERE id = @id AND revision = @revision", Rows.ToDocument, ("id", Rows.ToText(id)), ("revision", revision));

    private static async Task<JobDocument> DocumentAsync(JournalSql sql, Guid id, int revision)
        => await sql.FirstAsync(DocumentQuery(id, revision)).ConfigureAwait(false)
            ?? throw new DigitizerException(FailureKind.ActNotPossible, $"There is no document {id}, revision {revision}.");

    /// <summary>The unit is closed when its documents and deliveries are all finished.</summary>
    private static async Task CloseIfDoneAsync(Change change, JobUnit unit)
    {
        var open = await change.Sql.NumberAsync(
            """
            SELECT (SELECT count(*) FROM document WHERE unit = @unit AND finished_at IS NULL)
                 + (SELECT count(*) FROM delivery v JOIN document d ON d.id = v.document AND d.revision = v.revision WHERE d.unit = @unit AND v.finished_at IS NULL)
            """,
            ("unit", unit.Id.ToString())).ConfigureAwait(false);
        if (open == 0)
        {
            await CloseAsync(change, unit).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(Change change, JobUnit unit)
    {
        await MoveUnitAsync(change, unit.Id, UnitState.Closed).ConfigureAwait(false);
        await change.NoteAsync(unit.Id, "closed").ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), Source = unit.Arrival.Source, What = "closed" });
    }
}
