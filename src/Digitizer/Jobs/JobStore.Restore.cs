using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Writes a unit of a lost journal: as it was if it was closed, else accepted anew with the deliveries that may have reached their dossier.</summary>
    internal Task RestoreAsync(KnownUnit known, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var unit = known.Arrival.Id;
                var accepted = await AcceptAsync(change, known.Arrival).ConfigureAwait(false);
                if (accepted.WasKnown || known.Arrival.Refusal is not null)
                {
                    return;
                }

                await change.NoteAsync(unit, "restored").ConfigureAwait(false);
                if (known.IsWholeAndClosed)
                {
                    await RestoreClosedAsync(change, known).ConfigureAwait(false);
                    return;
                }

                foreach (var delivery in known.Deliveries.Values.Where(d => DeliveryRule.MayBeThere(d.State) || d.State == DeliveryState.Conflict))
                {
                    // Current ones wait for their pages; superseded ones are known, so that the next revision replaces them in the dossier.
                    var document = known.Documents.First(d => d.Id == delivery.Document && d.Revision == delivery.Revision);
                    var state = document.State == DocumentState.Superseded ? DocumentState.Superseded : DocumentState.Waiting;
                    await RestoreAsync(change, new JobDocument { Id = document.Id, Revision = document.Revision, Unit = unit, Part = document.Part, State = state }).ConfigureAwait(false);
                    await RestoreAsync(change, unit, delivery).ConfigureAwait(false);
                    if (state == DocumentState.Superseded && delivery.State == DeliveryState.Attached)
                    {
                        await EnqueueAsync(change, WorkKind.Verify, unit, known.Arrival.Priority, document.Id, document.Revision).ConfigureAwait(false);
                    }
                }

                if (known.Cancelled)
                {
                    await StopAsync(change, unit, "kind <> ''").ConfigureAwait(false);
                    await MoveUnitAsync(change, unit, UnitState.Cancelled).ConfigureAwait(false);
                    change.Tell(unit, "cancelled");
                }
            },
            cancellation);

    private static async Task RestoreClosedAsync(Change change, KnownUnit known)
    {
        var unit = known.Arrival.Id;
        await StopAsync(change, unit, "kind = 'split'").ConfigureAwait(false);
        await change.Sql.ExecuteAsync("UPDATE unit SET format = @format, pages = @pages WHERE id = @id", ("format", known.Format), ("pages", known.PageCount), ("id", unit.ToString())).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.ToString(), What = "split", Format = known.Format, PageCount = known.PageCount, FilePages = known.FilePages });
        await SetFilePagesAsync(change, unit, known.FilePages).ConfigureAwait(false);
        foreach (var (number, end) in known.Pages)
        {
            await change.Sql.ExecuteAsync("INSERT INTO page (unit, number, state) VALUES (@unit, @number, 'waiting')", ("unit", unit.ToString()), ("number", number)).ConfigureAwait(false);
            await SetPageAsync(change, unit, number, end).ConfigureAwait(false);
        }

        change.Tell(new AuditLine { Unit = unit.ToString(), What = "grouped", Documents = [.. known.Documents.Where(d => d.State != DocumentState.Superseded).Select(d => new NewDocument(d.Part, d.Pages, d.Dossier, d.Reasons))] });
        foreach (var document in known.Documents)
        {
            await RestoreAsync(change, document).ConfigureAwait(false);
            if (known.Deliveries.GetValueOrDefault((document.Id, document.Revision)) is { } delivery)
            {
                await RestoreAsync(change, unit, delivery).ConfigureAwait(false);
            }
            else if (document.State == DocumentState.Ready)
            {
                await RestoreAsync(change, unit, new JobDelivery(document.Id, document.Revision, null, DeliveryState.None, document.DeliveredSha256, null, null, null, default)).ConfigureAwait(false);
            }
        }

        await MoveUnitAsync(change, unit, UnitState.Closed).ConfigureAwait(false);
        change.Tell(unit, "closed");
        await RestoreRemovalAsync(change, known).ConfigureAwait(false);
    }

    private static async Task RestoreAsync(Change change, JobDocument document)
    {
        await change.Sql.ExecuteAsync(
            """
            INSERT INTO document (id, revision, unit, part, state, dossier, basis, confirmed, reasons, pdf_sha256, pdf_bytes, json_sha256, text_sha256, pages_compared, worst_difference, copy_sha256, copy_bytes, sizes, changed_at, finished_at)
            VALUES (@id, @revision, @unit, @part, @state, @dossier, @basis, @confirmed, @reasons, @pdf, @bytes, @json, @text, @pages, @worst, @copy, @copyBytes, @sizes, @now, @finished)
            """,
            ("id", Rows.ToText(document.Id)), ("revision", document.Revision), ("unit", document.Unit.ToString()), ("part", document.Part), ("state", StateName.Of(document.State)),
            ("dossier", document.Dossier?.Code), ("basis", document.Dossier?.Basis), ("confirmed", Confirmed(document.Dossier)), ("reasons", Rows.ToJson(document.Reasons)),
            ("pdf", document.PdfSha256), ("bytes", document.PdfBytes), ("json", document.JsonSha256), ("text", document.TextSha256), ("copy", document.CopySha256), ("copyBytes", document.CopyBytes), ("sizes", Rows.ToJson(document.Sizes)), ("pages", document.PagesCompared),
            ("worst", document.WorstDifference), ("now", change.Now), ("finished", document.State is DocumentState.Ready or DocumentState.Superseded ? change.Now : null)).ConfigureAwait(false);
        await LinkPagesAsync(change, document.Id, document.Revision, document.Unit, document.Pages).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = document.Unit.ToString(), What = "document", Document = document.Id, Revision = document.Revision, State = document });
    }

    private static async Task RestoreAsync(Change change, UnitId unit, JobDelivery delivery)
    {
        // Inserted in a state that has no conditions, then moved.
        await change.Sql.ExecuteAsync(
            "INSERT INTO delivery (document, revision, state, sha256, supersedes, changed_at, finished_at) VALUES (@id, @revision, 'none', @sha256, @supersedes, @now, @now)",
            ("id", Rows.ToText(delivery.Document)), ("revision", delivery.Revision), ("sha256", delivery.Sha256), ("supersedes", delivery.Supersedes), ("now", change.Now)).ConfigureAwait(false);
        await SetDeliveryAsync(change, unit, delivery).ConfigureAwait(false);
    }
}
