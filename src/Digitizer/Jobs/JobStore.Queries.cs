using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Units in the order of their ids, which is that of their arrival.</summary>
    public Task<IReadOnlyList<JobUnit>> UnitsAsync(UnitFilter filter, Slice slice, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<JobUnit>>(
            async sql =>
            {
                var sources = filter.Sources?.Select((source, i) => (Name: $"source{i}", Value: (object?)source)).ToList();
                var where = filter.NewestFirst ? "(id < @after OR @after = '')" : "id > @after";
                where += filter.State is null ? "" : " AND state = @state";
                where += sources is null ? "" : sources.Count == 0 ? " AND false" : $" AND source IN ({string.Join(", ", sources.Select(s => "@" + s.Name))})";
                where += filter.Kept ? " AND trashed_at IS NULL" : "";
                where += filter.NeedsPerson ? $" AND {WaitsForPerson}" : "";
                return await UnitsAsync(
                    sql, $"WHERE {where} ORDER BY id {(filter.NewestFirst ? "DESC" : "")} LIMIT @count",
                    [("after", slice.After?.ToString() ?? ""), ("count", slice.Count), ("state", filter.State is { } state ? StateName.Of(state) : ""), .. sources ?? []]).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>Everything about one unit; null if there is none.</summary>
    public Task<UnitAccount?> UnitAsync(UnitId id, CancellationToken cancellation)
        => database.ReadAsync(
            async sql =>
            {
                (string, object?) key = ("unit", id.ToString());
                var unit = await FindUnitAsync(sql, id).ConfigureAwait(false);
                return unit is null ? null : new UnitAccount(
                    unit,
                    await PagesAsync(sql, id).ConfigureAwait(false),
                    await DocumentsAsync(sql, id).ConfigureAwait(false),
                    await DeliveriesAsync(sql, id).ConfigureAwait(false),
                    await sql.ListAsync($"SELECT {Rows.Work} FROM work WHERE unit = @unit AND state IN ('queued', 'running') UNION ALL SELECT {Rows.Work} FROM work WHERE unit = @unit AND state = 'quarantined' ORDER BY id", Rows.ToWork, key).ConfigureAwait(false),
                    await sql.ListAsync($"SELECT {Rows.History} FROM history WHERE unit = @unit ORDER BY id", Rows.ToHistory, key).ConfigureAwait(false),
                    await BatchUnitsAsync(sql, unit.Arrival).ConfigureAwait(false));
            },
            cancellation);

    /// <summary>The pages of a unit, in order.</summary>
    public Task<IReadOnlyList<JobPage>> PagesOfUnitAsync(UnitId unit, CancellationToken cancellation)
        => database.LookAsync<IReadOnlyList<JobPage>>(async sql => await PagesAsync(sql, unit).ConfigureAwait(false), cancellation);

    /// <summary>The document of a claimed item and its pages, in the document's order.</summary>
    public Task<(JobDocument Document, IReadOnlyList<JobPage> Pages)> DocumentOfAsync(WorkItem item, CancellationToken cancellation)
        => database.LookAsync(
            async sql =>
            {
                var documents = await sql.AskAsync(DocumentQuery(item)).ConfigureAwait(false);
                IReadOnlyList<JobPage> pages = await sql.ListAsync(
                    $"SELECT {PageColumns} FROM document_page d JOIN page p ON p.unit = d.unit AND p.number = d.number WHERE d.document = @id AND d.revision = @revision ORDER BY d.ordinal",
                    Rows.ToPage, ("id", Rows.ToText(item.Document!.Value)), ("revision", item.Revision)).ConfigureAwait(false);

                // They are written with the revision, and stay.
                return (documents[0] with { Pages = [.. pages.Select(page => page.Number)] }, pages);
            },
            cancellation);

    /// <summary>The document of a claimed item, without its pages, and its delivery.</summary>
    public Task<(JobDocument Document, JobDelivery Delivery)> DeliveryOfAsync(WorkItem item, CancellationToken cancellation)
        => database.LookAsync(
            async sql =>
            {
                var documents = await sql.AskAsync(DocumentQuery(item)).ConfigureAwait(false);
                var delivery = await DeliveryAsync(sql, item).ConfigureAwait(false);
                return (documents[0], delivery);
            },
            cancellation);

    /// <summary>A document; the newest revision if none is named. Null if there is none.</summary>
    public Task<JobDocument?> DocumentAsync(Guid id, int? revision, CancellationToken cancellation)
        => database.LookAsync(
            async sql =>
            {
                var found = await sql.FirstAsync(
                    $"SELECT {Rows.Document} FROM document WHERE id = @id AND (revision = @revision OR @revision = 0) ORDER BY revision DESC LIMIT 1", Rows.ToDocument,
                    ("id", Rows.ToText(id)), ("revision", revision ?? 0)).ConfigureAwait(false);

                // They are written with the revision, and stay.
                return found is null ? null : found with { Pages = await NumbersAsync(sql, found).ConfigureAwait(false) };
            },
            cancellation);

    private static readonly string PageColumns = string.Join(", ", Rows.Page.Split(", ").Select(column => "p." + column));

    private const string WaitsForPerson = """
        (state = 'exception'
            OR (state = 'documents' AND (EXISTS (SELECT 1 FROM document d WHERE d.unit = unit.id AND d.state = 'needs-review')
                OR EXISTS (SELECT 1 FROM document d JOIN delivery v ON v.document = d.id AND v.revision = d.revision WHERE d.unit = unit.id AND v.state IN ('uncertain', 'conflict', 'refused')))))
        """;

    private static async Task<IReadOnlyList<JobDocument>> DocumentsAsync(JournalSql sql, UnitId unit)
    {
        var documents = await sql.ListAsync($"SELECT {Rows.Document} FROM document WHERE unit = @unit ORDER BY part, revision", Rows.ToDocument, ("unit", unit.ToString())).ConfigureAwait(false);
        for (var i = 0; i < documents.Count; i++)
        {
            documents[i] = documents[i] with { Pages = await NumbersAsync(sql, documents[i]).ConfigureAwait(false) };
        }

        return documents;
    }

    private static async Task<IReadOnlyList<int>> NumbersAsync(JournalSql sql, JobDocument document)
        => [.. await sql.ListAsync(
            "SELECT number FROM document_page WHERE document = @id AND revision = @revision ORDER BY ordinal", row => row.GetInt32(0),
            ("id", Rows.ToText(document.Id)), ("revision", document.Revision)).ConfigureAwait(false)];
}
