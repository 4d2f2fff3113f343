using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>A line of the journal's history was added about a unit; ids rise with each.</summary>
internal sealed record UnitChange(long Id, UnitId Unit);

/// <summary>Lines of the history as one moment saw them.</summary>
/// <param name="Lines">In order; on PostgreSQL numbers may be missing whose lines are committed later.</param>
/// <param name="OldestWriter">The oldest transaction that may have been writing still.</param>
internal sealed record HistorySlice(IReadOnlyList<HistoryLine> Lines, long OldestWriter);

internal sealed partial class JobStore
{
    /// <summary>Lines after one of them, the oldest first; see <see cref="HistoryWalk"/>.</summary>
    public Task<HistorySlice> HistoryAsync(long after, int count, CancellationToken cancellation)
        => database.ReadAsync(
            async sql =>
            {
                var lines = await sql.ListAsync($"SELECT {Rows.History} FROM history WHERE id > @after ORDER BY id LIMIT @count", Rows.ToHistory, ("after", after), ("count", count)).ConfigureAwait(false);
                return new HistorySlice(lines, await sql.NumberAsync(database.OldestWriter).ConfigureAwait(false));
            },
            cancellation);

    /// <summary>A number above those of all transactions that have written anything by now.</summary>
    public Task<long> NextWriterAsync(CancellationToken cancellation) => database.ReadAsync(sql => sql.NumberAsync(database.NextWriter), cancellation);

    /// <summary>What changed after a line of the history, the oldest first.</summary>
    public Task<IReadOnlyList<UnitChange>> ChangesAsync(long after, int count, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<UnitChange>>(
            async sql => await sql.ListAsync(
                "SELECT id, unit FROM history WHERE id > @after ORDER BY id LIMIT @count", row => new UnitChange(row.GetInt64(0), UnitId.Parse(row.GetString(1))),
                ("after", after), ("count", count)).ConfigureAwait(false),
            cancellation);

    /// <summary>The newest line of the history; 0: there is none.</summary>
    public Task<long> NewestChangeAsync(CancellationToken cancellation)
        => database.ReadAsync(sql => sql.NumberAsync("SELECT coalesce(max(id), 0) FROM history"), cancellation);

    /// <summary>The newest line about a unit; 0: there is none.</summary>
    public Task<long> LastChangeOfAsync(UnitId unit, CancellationToken cancellation)
        => database.ReadAsync(sql => sql.NumberAsync("SELECT coalesce(max(id), 0) FROM history WHERE unit = @unit", ("unit", unit.ToString())), cancellation);
}
