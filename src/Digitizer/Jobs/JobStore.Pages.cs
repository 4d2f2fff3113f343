using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>A unit of one file was split into at least one page: its pages exist now, and each is to be read.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    /// <exception cref="DigitizerException">PageCountDiffers from the count made before; nothing changed.</exception>
    public Task SplitDoneAsync(WorkItem item, string format, int pageCount, CancellationToken cancellation)
        => SplitDoneAsync(item, format, [pageCount], cancellation);

    /// <summary>The same of a unit of any number of files: the pages of each, in order; they are numbered through.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    /// <exception cref="DigitizerException">PageCountDiffers from the count made before; nothing changed.</exception>
    public Task SplitDoneAsync(WorkItem item, string format, IReadOnlyList<int> filePages, CancellationToken cancellation)
        => FinishAsync(item, [WorkKind.Split], WorkState.Done, (change, unit, owner) => SplitDoneAsync(change, unit, item, owner, format, filePages), cancellation);

    /// <summary>A page is done. The unit's last one brings the grouping: where the pages alone say what they become, at once.</summary>
    /// <param name="item">The claim.</param>
    /// <param name="end">How the page ended.</param>
    /// <param name="group">The documents of a unit by its pages; null: grouping is work of its own.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    /// <exception cref="DigitizerException">PageUnaccounted, as by <see cref="GroupDoneAsync(WorkItem, IReadOnlyList{NewDocument}, CancellationToken)"/>.</exception>
    public Task PageDoneAsync(WorkItem item, PageEnd end, Func<JobUnit, IReadOnlyList<JobPage>, IReadOnlyList<NewDocument>?> group, CancellationToken cancellation)
        => FinishAsync(item, [WorkKind.Page], WorkState.Done, (change, unit, owner) => PageEndAsync(change, unit, item, owner, end, group), cancellation);

    /// <summary>The unit's pages were grouped into documents; each is to be assembled. None: the unit is closed.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    /// <exception cref="DigitizerException">PageUnaccounted: a page is in two documents, or in none though it is neither blank nor a separator; nothing changed.</exception>
    public Task GroupDoneAsync(WorkItem item, IReadOnlyList<NewDocument> documents, CancellationToken cancellation)
        => FinishAsync(
            item,
            [WorkKind.Group],
            WorkState.Done,
            of => PagesQuery(of.Unit),
            async (change, unit, owner, pages) => await GroupDoneAsync(change, unit, item, owner, (pages, await change.Sql.ListAsync(RevisionsQuery(unit.Id)).ConfigureAwait(false)), documents).ConfigureAwait(false),
            cancellation);

    private static async Task SplitDoneAsync(Change change, JobUnit unit, WorkItem item, string owner, string format, IReadOnlyList<int> filePages)
    {
        var pageCount = filePages.Sum();
        // After a restart the number from before must come out again, of each file.
        if (((unit.Arrival.ExpectedPages ?? unit.Pages) is { } expected && expected != pageCount) || (unit.FilePages is { } before && !before.SequenceEqual(filePages)))
        {
            throw new DigitizerException(FailureKind.PageCountDiffers, $"{string.Join(" + ", filePages)} pages were found, but {unit.Arrival.ExpectedPages ?? unit.Pages} were counted before. Compare with the paper; scan it again.");
        }

        await change.Sql.LaterAsync(
            "UPDATE unit SET state = 'reading', format = @format, pages = @pages, changed_at = @now WHERE id = @id",
            ("format", format), ("pages", pageCount), ("now", change.Now), ("id", unit.Id.ToString())).ConfigureAwait(false);
        await change.Sql.LaterAsync(
            """
            WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < @pages)
            INSERT INTO page (unit, number, state) SELECT @unit, number, 'waiting' FROM numbers WHERE true
            ON CONFLICT (unit, number) DO UPDATE SET state = 'waiting', result_sha256 = NULL, image_sha256 = NULL, thumbnail_sha256 = NULL, confidence = NULL,
                failure_kind = NULL, failure_message = NULL, review_reason = NULL, finished_at = NULL
            """,
            ("pages", pageCount), ("unit", unit.Id.ToString())).ConfigureAwait(false);
        await EnqueuePagesAsync(change, unit.Id, unit.Arrival.Priority).ConfigureAwait(false);
        var ofFiles = unit.FileCount > 1 ? filePages : null;
        await SetFilePagesAsync(change, unit.Id, ofFiles).ConfigureAwait(false);
        await change.NoteAsync(item, owner, "split", detail: $"{format}, {pageCount} pages").ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), What = "split", Format = format, PageCount = pageCount, FilePages = ofFiles });
    }

    private static async Task PageEndAsync(Change change, JobUnit unit, WorkItem item, string owner, PageEnd end, Func<JobUnit, IReadOnlyList<JobPage>, IReadOnlyList<NewDocument>?> group)
    {
        await SetPageAsync(change, unit.Id, item.Page!.Value, end).ConfigureAwait(false);
        await change.NoteAsync(item, owner, StateName.Of(end.State), end.Failure).ConfigureAwait(false);
        var revisions = await change.Sql.AskAsync(RevisionsQuery(unit.Id)).ConfigureAwait(false);
        if (await change.Sql.ListAsync(PagesQuery(unit.Id, LastIsDone)).ConfigureAwait(false) is not { Count: > 0 } pages)
        {
            return;
        }

        await (group(unit, pages) is { } documents
            ? GroupDoneAsync(change, unit, item with { Kind = WorkKind.Group, Page = null }, owner, (pages, revisions), documents)
            : EnqueueAsync(change, WorkKind.Group, unit.Id, unit.Arrival.Priority)).ConfigureAwait(false);
    }

    private static async Task SetPageAsync(Change change, UnitId unit, int number, PageEnd end)
    {
        await change.Sql.OneLaterAsync(
            () => Unfit("the page"),
            """
            UPDATE page SET state = @state, result_sha256 = @result, image_sha256 = @image, thumbnail_sha256 = @thumbnail, confidence = @confidence, failure_kind = @failure, failure_message = @message,
                review_reason = @review, finished_at = @now WHERE unit = @unit AND number = @number AND state = 'waiting'
            """,
            ("state", StateName.Of(end.State)), ("result", end.ResultSha256), ("image", end.ImageSha256), ("thumbnail", end.ThumbnailSha256), ("confidence", end.Confidence), ("failure", end.Failure?.Kind.ToString()),
            ("message", end.Failure?.Message), ("review", end.DocumentNeedsReview), ("now", change.Now), ("unit", unit.ToString()), ("number", number)).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.ToString(), What = "page", Page = number, PageEnd = end });
    }

    private static async Task GroupDoneAsync(Change change, JobUnit unit, WorkItem item, string owner, (IReadOnlyList<JobPage> Pages, IReadOnlyList<KnownRevision> Revisions) known, IReadOnlyList<NewDocument> documents)
    {
        Grouping.Check(known.Pages, documents);
        await MoveUnitAsync(change, unit.Id, UnitState.Documents).ConfigureAwait(false);
        foreach (var document in documents)
        {
            await AddAsync(change, unit, document, known.Pages, known.Revisions).ConfigureAwait(false);
        }

        await change.NoteAsync(item, owner, "grouped", detail: $"{documents.Count} documents").ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), What = "grouped", Documents = documents });
        if (documents.Count == 0)
        {
            await CloseIfDoneAsync(change, unit).ConfigureAwait(false);
        }
    }

    private static async Task AddAsync(Change change, JobUnit unit, NewDocument document, IReadOnlyList<JobPage> pages, IReadOnlyList<KnownRevision> revisions)
    {
        var id = DocumentId.ForPart(unit.Id, document.Part).Value;
        var text = Rows.ToText(id);
        // After a restart the document exists already: its next revision takes over, and supersedes in the dossier what was delivered.
        // After a rebuild the revision that may have been delivered is there, waiting for its pages.
        var last = revisions.Where(known => known.Id == text).MaxBy(known => known.Revision);
        var restored = last is { IsSuperseded: false };
        var revision = restored ? last!.Revision : (last?.Revision ?? 0) + 1;
        await change.Sql.LaterAsync(
            restored
                ? "UPDATE document SET dossier = @dossier, basis = @basis, confirmed = @confirmed, reasons = @reasons, changed_at = @now WHERE id = @id AND revision = @revision AND unit = @unit AND part = @part"
                : """
                  INSERT INTO document (id, revision, unit, part, state, dossier, basis, confirmed, reasons, changed_at)
                  VALUES (@id, @revision, @unit, @part, 'waiting', @dossier, @basis, @confirmed, @reasons, @now)
                  """,
            ("id", text), ("revision", revision), ("unit", unit.Id.ToString()), ("part", document.Part), ("dossier", document.Dossier?.Code), ("basis", document.Dossier?.Basis),
            ("confirmed", Confirmed(document.Dossier)), ("reasons", Rows.ToJson(Grouping.Reasons(pages, document))), ("now", change.Now)).ConfigureAwait(false);
        await LinkPagesAsync(change, id, revision, unit.Id, document.Pages).ConfigureAwait(false);
        await EnqueueAsync(change, WorkKind.Assemble, unit.Id, unit.Arrival.Priority, id, revision, document.Part).ConfigureAwait(false);
    }

    private static async Task LinkPagesAsync(Change change, Guid id, int revision, UnitId unit, IReadOnlyList<int> pages)
    {
        var ordinal = 0;
        foreach (var number in pages)
        {
            await change.Sql.LaterAsync(
                "INSERT INTO document_page (document, revision, ordinal, unit, number) VALUES (@id, @revision, @ordinal, @unit, @number)",
                ("id", Rows.ToText(id)), ("revision", revision), ("ordinal", ++ordinal), ("unit", unit.ToString()), ("number", number)).ConfigureAwait(false);
        }
    }

    private static Query<KnownRevision> RevisionsQuery(UnitId unit)
        => new("SELECT id, revision, state FROM document WHERE unit = @unit", row => new KnownRevision(row.GetString(0), row.GetInt32(1), row.GetString(2) == "superseded"), ("unit", unit.ToString()));

    /// <summary>A document of a unit that was grouped before.</summary>
    private sealed record KnownRevision(string Id, int Revision, bool IsSuperseded);

    // All of them, or none while one is waited for.
    private const string LastIsDone = "AND NOT EXISTS (SELECT 1 FROM page WHERE unit = @unit AND state = 'waiting')";

    private static Query<JobPage> PagesQuery(UnitId unit, string further = "") => new($"SELECT {Rows.Page} FROM page WHERE unit = @unit {further} ORDER BY number", Rows.ToPage, ("unit", unit.ToString()));

    private static Task<List<JobPage>> PagesAsync(JournalSql sql, UnitId unit) => sql.ListAsync(PagesQuery(unit));
}
