using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Units whose documents are all in their dossiers, read back, since a time or longer, and that are still kept; the oldest first.</summary>
    public Task<IReadOnlyList<JobUnit>> RetentionOverAsync(DateTimeOffset since, int count, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<JobUnit>>(
            async sql => await UnitsAsync(
                sql, $"WHERE state = 'closed' AND trashed_at IS NULL AND finished_at <= @since AND {AllVerified} ORDER BY finished_at, id LIMIT @count",
                ("since", Rows.ToNumber(since)), ("count", count)).ConfigureAwait(false),
            cancellation);

    /// <summary>Units that were taken out and not yet deleted.</summary>
    public Task<IReadOnlyList<JobUnit>> TrashAsync(Slice slice, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<JobUnit>>(
            async sql => await UnitsAsync(
                sql, "WHERE trashed_at IS NOT NULL AND purged_at IS NULL AND id > @after ORDER BY id LIMIT @count",
                ("after", slice.After?.ToString() ?? ""), ("count", slice.Count)).ConfigureAwait(false),
            cancellation);

    /// <summary>Written before anything of a unit leaves the vault: from now on nobody misses it there.</summary>
    /// <returns>False if it is no unit whose retention can be over: a person had it read anew meanwhile.</returns>
    public Task<bool> TrashedAsync(UnitId unit, string who, CancellationToken cancellation)
        => RemovedAsync(unit, "trashed", who, $"UPDATE unit SET trashed_at = @now, changed_at = @now WHERE id = @id AND state = 'closed' AND trashed_at IS NULL AND {AllVerified}", cancellation);

    /// <summary>Written when nothing of a unit is in the vault's trash any more.</summary>
    public Task<bool> PurgedAsync(UnitId unit, string who, CancellationToken cancellation)
        => RemovedAsync(unit, "purged", who, "UPDATE unit SET purged_at = @now, changed_at = @now WHERE id = @id AND trashed_at IS NOT NULL AND purged_at IS NULL", cancellation);

    /// <summary>Digests of results that these units have, and no unit that is kept.</summary>
    public Task<HashSet<string>> OwnResultsAsync(IReadOnlyCollection<UnitId> units, CancellationToken cancellation)
        => database.ReadAsync(
            async sql =>
            {
                var own = new HashSet<string>(StringComparer.Ordinal);
                foreach (var unit in units)
                {
                    foreach (var digests in await sql.ListAsync($"{PageResults} WHERE p.unit = @unit UNION ALL {DocumentResults} WHERE d.unit = @unit", Digests, ("unit", unit.ToString())).ConfigureAwait(false))
                    {
                        own.UnionWith(digests);
                    }
                }

                foreach (var kept in new[] { $"{PageResults} JOIN unit u ON u.id = p.unit", $"{DocumentResults} JOIN unit u ON u.id = d.unit" })
                {
                    await sql.EachAsync($"{kept} WHERE u.trashed_at IS NULL", row => { own.ExceptWith(Digests(row)); return Task.CompletedTask; }).ConfigureAwait(false);
                }

                return own;
            },
            cancellation);

    private const string PageResults = "SELECT p.result_sha256, p.image_sha256, p.thumbnail_sha256, NULL FROM page p";

    private const string DocumentResults = "SELECT d.pdf_sha256, d.text_sha256, d.json_sha256, d.copy_sha256 FROM document d";

    private const string AllVerified = """
        EXISTS (SELECT 1 FROM document d WHERE d.unit = unit.id AND d.state <> 'superseded')
            AND NOT EXISTS (SELECT 1 FROM document d LEFT JOIN delivery v ON v.document = d.id AND v.revision = d.revision
                WHERE d.unit = unit.id AND d.state <> 'superseded' AND (v.state IS NULL OR v.state <> 'verified'))
        """;

    private static string[] Digests(System.Data.Common.DbDataReader row) => [.. Enumerable.Range(0, 4).Select(i => Rows.Text(row, i)).OfType<string>()];

    private Task<bool> RemovedAsync(UnitId unit, string what, string who, string update, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                await LockAsync(change, unit).ConfigureAwait(false);
                if (await change.Sql.ExecuteAsync(update, ("now", change.Now), ("id", unit.ToString())).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await change.NoteAsync(unit, what, who).ConfigureAwait(false);
                change.Tell(new AuditLine { Unit = unit.ToString(), What = what, Who = who, Durable = true });
                return true;
            },
            cancellation);

    private static async Task RestoreRemovalAsync(Change change, KnownUnit known)
    {
        await change.Sql.ExecuteAsync(
            "UPDATE unit SET trashed_at = @trashed, purged_at = @purged WHERE id = @id",
            ("trashed", known.TrashedAt is { } t ? Rows.ToNumber(t) : null), ("purged", known.TrashedAt is not null && known.PurgedAt is { } p ? Rows.ToNumber(p) : null), ("id", known.Arrival.Id.ToString())).ConfigureAwait(false);
        foreach (var what in new[] { (known.TrashedAt, "trashed"), (known.PurgedAt, "purged") }.Where(w => w.Item1 is not null).Select(w => w.Item2))
        {
            change.Tell(known.Arrival.Id, what);
        }
    }
}
