using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>A line of the journal's history was added about a unit; ids rise with each.</summary>
internal sealed record UnitChange(long Id, UnitId Unit);

internal sealed partial class JobStore
{
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
