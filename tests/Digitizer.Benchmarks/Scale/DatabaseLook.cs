using System.Globalization;
using Npgsql;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Counts of a journal's database at one moment.</summary>
/// <param name="Closed">Units that are done with.</param>
/// <param name="Commits">Transactions that have written something.</param>
/// <param name="LogBytes">Position in the write-ahead log.</param>
/// <param name="Syncs">Times that the log was brought to the disk.</param>
/// <param name="SyncSeconds">Time that this took.</param>
/// <param name="Bytes">Size of the database.</param>
internal sealed record DatabaseCounts(long Closed, long Commits, long LogBytes, long Syncs, double SyncSeconds, long Bytes);

/// <summary>What the server's connections waited for, as looks at them saw it.</summary>
/// <param name="Looks">How many.</param>
/// <param name="Waiting">Connections within a statement at one look, on average, by what they waited for; "running": for nothing.</param>
internal sealed record DatabaseWaits(int Looks, IReadOnlyDictionary<string, double> Waiting);

/// <summary>Looks at a journal's database from beside, over a connection of its own.</summary>
internal sealed class DatabaseLook(string journal) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(journal);

    public async Task<long> UnderWayAsync() => await NumberAsync("SELECT count(*) FROM unit WHERE state IN ('accepted', 'splitting', 'reading', 'documents')");

    public async Task<DatabaseCounts> CountsAsync() => new(
        await NumberAsync("SELECT count(*) FROM unit WHERE state = 'closed'"),
        await NumberAsync("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
        await NumberAsync("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint"),
        await NumberAsync("SELECT wal_sync FROM pg_stat_wal"),
        await NumberAsync("SELECT (wal_sync_time * 1000)::bigint FROM pg_stat_wal") / 1e6,
        await NumberAsync("SELECT pg_database_size(current_database())"));

    /// <summary>Looks again and again what connections wait for.</summary>
    public async Task<DatabaseWaits> WatchAsync(CancellationToken stop)
    {
        var (looks, seen) = (0, new Dictionary<string, double>(StringComparer.Ordinal));
        using var timer = new PeriodicTimer(Every);
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(wait_event_type || ':' || wait_event, 'running'), count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid() GROUP BY 1", connection);
        for (; !stop.IsCancellationRequested; looks++)
        {
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    seen[reader.GetString(0)] = seen.GetValueOrDefault(reader.GetString(0)) + reader.GetInt64(1);
                }
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return new DatabaseWaits(looks, seen.OrderByDescending(s => s.Value).ToDictionary(s => s.Key, s => Math.Round(s.Value / Math.Max(1, looks), 3)));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<long> NumberAsync(string query)
    {
        await using var command = source.CreateCommand(query);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
