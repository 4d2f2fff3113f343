namespace Digitizer.Jobs;

/// <summary>How often a blob was begun to be taken in.</summary>
/// <param name="Count">Begun and not given back.</param>
/// <param name="LastFailure">What the last one that ended by itself ended with; null: none did.</param>
internal sealed record ArrivalTries(int Count, Failure? LastFailure)
{
    public static readonly ArrivalTries None = new(0, null);
}

internal sealed partial class JobStore
{
    private const string Tries = "tries, failure_kind, failure_message";

    // A journal's keys as parameters of one statement.
    private const int KeysAtATime = 200;

    /// <summary>Takes an arrival into the journal as <see cref="AcceptAsync(NewUnit, CancellationToken)"/> does, and forgets its tries.</summary>
    public Task<Accepted> AcceptTriedAsync(NewUnit unit, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var accepted = await AcceptAsync(change, unit).ConfigureAwait(false);
                await change.Sql.ExecuteAsync("DELETE FROM blob_try WHERE key = @key", ("key", unit.ArrivalKey)).ConfigureAwait(false);
                return accepted;
            },
            cancellation);

    /// <summary>Which of these arrivals are units.</summary>
    public async Task<IReadOnlySet<string>> KnownArrivalsAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in keys.Chunk(KeysAtATime))
        {
            var names = string.Join(", ", some.Select((_, i) => $"@k{i}"));
            known.UnionWith(await database.ReadAsync(
                sql => sql.ListAsync($"SELECT arrival_key FROM unit WHERE arrival_key IN ({names})", row => row.GetString(0), [.. some.Select((key, i) => ($"k{i}", (object?)key))]), cancellation).ConfigureAwait(false));
        }

        return known;
    }

    /// <summary>How often an arrival was begun.</summary>
    public async Task<ArrivalTries> TriesAsync(string key, CancellationToken cancellation)
        => await database.ReadAsync(sql => sql.FirstAsync($"SELECT {Tries} FROM blob_try WHERE key = @key", Rows.ToTries, ("key", key)), cancellation).ConfigureAwait(false) ?? ArrivalTries.None;

    /// <summary>Counts a try before it begins, so that one which ends the process is counted too.</summary>
    /// <returns>This one among them.</returns>
    public async Task<ArrivalTries> BeginTryAsync(string key, CancellationToken cancellation)
        => (await database.WriteAsync(
            sql => sql.FirstAsync(
                $"INSERT INTO blob_try (key, tries, changed_at) VALUES (@key, 1, @now) ON CONFLICT (key) DO UPDATE SET tries = blob_try.tries + 1, changed_at = @now RETURNING {Tries}",
                Rows.ToTries, ("key", key), ("now", Rows.ToNumber(time.GetUtcNow()))),
            () => { },
            cancellation).ConfigureAwait(false))!;

    /// <summary>Takes a try back that ended for a reason which does not lie with the arrival.</summary>
    public Task ReturnTryAsync(string key, CancellationToken cancellation)
        => WriteAsync("UPDATE blob_try SET tries = tries - 1, changed_at = @now WHERE key = @key AND tries > 0", cancellation, ("key", key), ("now", Rows.ToNumber(time.GetUtcNow())));

    /// <summary>Writes down what a try ended with.</summary>
    public Task FailTryAsync(string key, Failure failure, CancellationToken cancellation)
        => WriteAsync(
            "UPDATE blob_try SET failure_kind = @kind, failure_message = @message, changed_at = @now WHERE key = @key", cancellation,
            ("key", key), ("kind", failure.Kind.ToString()), ("message", failure.Message), ("now", Rows.ToNumber(time.GetUtcNow())));

    /// <summary>Writes down that an arrival is not there.</summary>
    /// <returns>Since when, as first written down.</returns>
    public async Task<DateTimeOffset> MissArrivalAsync(string key, CancellationToken cancellation)
    {
        var since = await database.WriteAsync(
            sql => sql.NumberAsync(
                """
                INSERT INTO blob_try (key, tries, missing_since, changed_at) VALUES (@key, 0, @now, @now)
                ON CONFLICT (key) DO UPDATE SET missing_since = coalesce(blob_try.missing_since, @now), changed_at = @now RETURNING missing_since
                """,
                ("key", key), ("now", Rows.ToNumber(time.GetUtcNow()))),
            () => { },
            cancellation).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeMilliseconds(since);
    }

    /// <summary>Forgets tries of which nothing was heard for so long.</summary>
    public Task ForgetTriesAsync(TimeSpan age, CancellationToken cancellation)
        => WriteAsync("DELETE FROM blob_try WHERE changed_at < @before", cancellation, ("before", Rows.ToNumber(time.GetUtcNow() - age)));

    private Task<int> WriteAsync(string statement, CancellationToken cancellation, params (string, object?)[] values)
        => database.WriteAsync(sql => sql.ExecuteAsync(statement, values), () => { }, cancellation);
}
