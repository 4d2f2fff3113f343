using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>A process that works on the journal, or did.</summary>
/// <param name="Id">Of its state folder.</param>
/// <param name="Role">What it does.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="StartedAt">By the journal's clock, as <paramref name="SeenAt"/>.</param>
/// <param name="SeenAt">When it last said that it lives.</param>
internal sealed record JournalWorker(string Id, string Role, string Machine, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

internal sealed partial class JobStore
{
    /// <summary>Says what belongs to the journal; who says it first decides.</summary>
    /// <returns>What the journal knows from now on: another value than the caller's means that the two do not belong together.</returns>
    public Task<string> FactAsync(string name, string value, CancellationToken cancellation)
        => database.WriteAsync(
            async sql =>
            {
                await sql.ExecuteAsync("INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING", ("name", name), ("value", value)).ConfigureAwait(false);
                return (await sql.FirstAsync("SELECT value FROM fact WHERE name = @name", row => row.GetString(0), ("name", name)).ConfigureAwait(false))!;
            },
            () => { },
            cancellation);

    /// <summary>Says anew what belongs to the journal.</summary>
    public Task SetFactAsync(string name, string value, CancellationToken cancellation)
        => database.WriteAsync(sql => sql.ExecuteAsync("UPDATE fact SET value = @value WHERE name = @name", ("name", name), ("value", value)), () => { }, cancellation);

    /// <summary>Enters a worker that starts.</summary>
    /// <param name="worker">Its times are not used.</param>
    /// <param name="beats">What it remembers of <see cref="BeatAsync"/>; 0: it never was here.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>The number of its last beat.</returns>
    /// <exception cref="DigitizerException">JournalBroken: the journal lacks what it remembers.</exception>
    public Task<long> EnterAsync(JournalWorker worker, long beats, CancellationToken cancellation)
        => database.WriteAsync(
            async sql =>
            {
                var now = Rows.ToNumber(Now);
                var known = await sql.NumberAsync("SELECT beats FROM worker WHERE id = @id", ("id", worker.Id)).ConfigureAwait(false);
                ThrowIfOlder(known, beats);
                await sql.ExecuteAsync(
                    """
                    INSERT INTO worker (id, role, machine, started_at, seen_at, beats) VALUES (@id, @role, @machine, @now, @now, 0)
                    ON CONFLICT (id) DO UPDATE SET role = @role, machine = @machine, started_at = @now, seen_at = @now
                    """,
                    ("id", worker.Id), ("role", worker.Role), ("machine", worker.Machine), ("now", now)).ConfigureAwait(false);
                return known;
            },
            () => { },
            cancellation);

    /// <summary>Says that a worker lives, and finds out whether the journal is still the one that it worked on: a server that took another's place may lack what was acknowledged.</summary>
    /// <param name="id">The worker.</param>
    /// <param name="beats">Number of its last beat.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>The number of this beat.</returns>
    /// <exception cref="DigitizerException">JournalBroken.</exception>
    public async Task<long> BeatAsync(string id, long beats, CancellationToken cancellation)
    {
        await SetClockAsync(cancellation).ConfigureAwait(false);
        return await database.WriteAsync(
            async sql =>
            {
                var known = await sql.NumberAsync("UPDATE worker SET seen_at = @now, beats = beats + 1 WHERE id = @id RETURNING beats", ("now", Rows.ToNumber(Now)), ("id", id)).ConfigureAwait(false);
                ThrowIfOlder(known - 1, beats);
                return known;
            },
            () => { },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Who works on the journal, or has within a time.</summary>
    public Task<IReadOnlyList<JournalWorker>> WorkersAsync(TimeSpan since, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<JournalWorker>>(
            async sql => await sql.ListAsync(
                "SELECT id, role, machine, started_at, seen_at FROM worker WHERE seen_at >= @since ORDER BY machine, id",
                row => new JournalWorker(row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))),
                ("since", Rows.ToNumber(Now - since))).ConfigureAwait(false),
            cancellation);

    // A commit whose answer was lost may have counted one beat more than the worker knows.
    private static void ThrowIfOlder(long known, long remembered)
    {
        if (known < remembered)
        {
            throw new DigitizerException(
                FailureKind.JournalBroken,
                $"The journal is older than this worker remembers: it lacks what was acknowledged (beat {known}, not {remembered}). It is another database, a backup, or a standby that took over without the last commits. Nothing was changed. Bring the right one back; if this is the right one, delete worker.json in the state folder.");
        }
    }
}
