namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    private const string Live = "w.state IN ('queued', 'running')";

    /// <summary>Counts everything: whatever was accepted is in exactly one state, and whatever is not finished is worked on or waits for a person.</summary>
    public Task<Balance> BalanceAsync(CancellationToken cancellation)
        => database.ReadAsync(
            async sql => new Balance(
            [
                await LineAsync(sql, "units", "SELECT count(*) FROM unit", "SELECT state, count(*) FROM unit GROUP BY state", StrayUnits).ConfigureAwait(false),
                await LineAsync(sql, "pages", "SELECT CAST(coalesce(sum(pages), 0) AS bigint) FROM unit", "SELECT state, count(*) FROM page GROUP BY state", StrayPages).ConfigureAwait(false),
                await LineAsync(sql, "documents", "SELECT count(*) FROM document", "SELECT state, count(*) FROM document GROUP BY state", StrayDocuments).ConfigureAwait(false),
                await LineAsync(sql, "deliveries", DeliveriesDue, "SELECT state, count(*) FROM delivery GROUP BY state", StrayDeliveries).ConfigureAwait(false),
            ]),
            cancellation);

    /// <summary>What waits and what is being done.</summary>
    public Task<Backlog> BacklogAsync(CancellationToken cancellation)
        => database.ReadAsync(
            async sql =>
            {
                var counts = await sql.ListAsync(
                    "SELECT kind, state, count(*), min(created_at) FROM work WHERE state IN ('queued', 'running') GROUP BY kind, state",
                    row => (Kind: StateName.Parse<WorkKind>(row.GetString(0)), State: row.GetString(1), Count: row.GetInt64(2), Oldest: row.GetInt64(3))).ConfigureAwait(false);
                return new Backlog(
                    counts.Where(c => c.State == "queued").ToDictionary(c => c.Kind, c => c.Count),
                    counts.Where(c => c.State == "running").ToDictionary(c => c.Kind, c => c.Count),
                    counts.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(counts.Min(c => c.Oldest)));
            },
            cancellation);

    private static async Task<BalanceLine> LineAsync(JournalSql sql, string things, string total, string states, string stray)
        => new(
            things,
            await sql.NumberAsync(total).ConfigureAwait(false),
            (await sql.ListAsync(states, row => (row.GetString(0), row.GetInt64(1))).ConfigureAwait(false)).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal),
            await sql.NumberAsync(stray).ConfigureAwait(false));

    // Unfinished, and nobody works on it or waits for it; or finished, and still worked on; or without one of its files.
    private const string StrayUnits = $"""
        SELECT count(*) FROM unit WHERE
            (finished_at IS NULL AND NOT {WaitsForPerson} AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = unit.id AND {Live}))
            OR (finished_at IS NOT NULL AND EXISTS (SELECT 1 FROM work w WHERE w.unit = unit.id AND {Live}))
            OR (files > 1 AND files <> (SELECT count(*) FROM original o WHERE o.unit = unit.id))
        """;

    // Waiting without work; or of none of their unit's files; or, once there are documents, in none of them or in two, unless it is blank or a separator.
    private const string StrayPages = $"""
        SELECT (SELECT count(*) FROM page p JOIN unit u ON u.id = p.unit
                WHERE p.state = 'waiting' AND u.state <> 'cancelled'
                  AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = p.unit AND w.kind = 'page' AND w.page = p.number AND {Live}))
             + (SELECT count(*) FROM unit u WHERE u.files > 1 AND u.pages <> (SELECT coalesce(sum(o.pages), 0) FROM original o WHERE o.unit = u.id))
             + (SELECT count(*) FROM page p JOIN unit u ON u.id = p.unit
                WHERE u.state IN ('documents', 'closed') AND p.state NOT IN ('blank', 'separator')
                  AND (SELECT count(*) FROM document_page m JOIN document d ON d.id = m.document AND d.revision = m.revision
                       WHERE m.unit = p.unit AND m.number = p.number AND d.state <> 'superseded') <> 1)
        """;

    private const string StrayDocuments = $"""
        SELECT count(*) FROM document d JOIN unit u ON u.id = d.unit WHERE u.state IN ('documents', 'closed') AND (
            d.state = 'proved'
            OR (d.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = d.unit AND w.kind = 'assemble' AND w.document = d.id AND w.revision = d.revision AND {Live}))
            OR (d.state = 'assembled' AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = d.unit AND w.kind = 'prove' AND w.document = d.id AND w.revision = d.revision AND {Live})))
        """;

    private const string DeliveriesDue = """
        SELECT count(*) FROM document d WHERE d.state = 'ready' OR EXISTS (SELECT 1 FROM delivery v WHERE v.document = d.id AND v.revision = d.revision)
        """;

    private const string StrayDeliveries = $"""
        SELECT count(*) FROM delivery v JOIN document d ON d.id = v.document AND d.revision = v.revision JOIN unit u ON u.id = d.unit WHERE
            (u.state = 'closed' AND v.finished_at IS NULL)
            OR (v.state IN ('pending', 'attaching') AND d.state = 'ready' AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = d.unit AND w.kind = 'deliver' AND w.document = v.document AND w.revision = v.revision AND {Live}))
            OR (v.state = 'attached' AND d.state = 'ready' AND NOT EXISTS (SELECT 1 FROM work w WHERE w.unit = d.unit AND w.kind = 'verify' AND w.document = v.document AND w.revision = v.revision AND {Live}))
        """;
}
