namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Takes a chore that one of several processes does from time to time; who has it may take it again, and so keep it.</summary>
    /// <param name="name">Of the chore.</param>
    /// <param name="owner">The process.</param>
    /// <param name="lease">How long it has the chore, unless it takes it again.</param>
    /// <param name="every">How long since it was last done; zero: it is done again in any case.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>False: another process has it, or it is not due.</returns>
    public Task<bool> TakeChoreAsync(string name, string owner, TimeSpan lease, TimeSpan every, CancellationToken cancellation)
        => database.WriteAsync(
            async sql =>
            {
                var now = Rows.ToNumber(Now);
                await sql.ExecuteAsync("INSERT INTO chore (name) VALUES (@name) ON CONFLICT DO NOTHING", ("name", name)).ConfigureAwait(false);

                // Where one process owns the journal, another owner is one that died.
                var isFree = database.HasOneOwner ? "" : "AND (owner IS NULL OR owner = @owner OR lease_until < @now)";
                return await sql.ExecuteAsync(
                    $"UPDATE chore SET owner = @owner, lease_until = @until WHERE name = @name AND (done_at IS NULL OR done_at <= @due) {isFree}",
                    ("name", name), ("owner", owner), ("now", now), ("until", now + (long)lease.TotalMilliseconds), ("due", now - (long)every.TotalMilliseconds)).ConfigureAwait(false) == 1;
            },
            () => { },
            cancellation);

    /// <summary>Says that a chore is done, and lets go of it.</summary>
    /// <returns>False: another process has taken it meanwhile.</returns>
    public Task<bool> DoneChoreAsync(string name, string owner, CancellationToken cancellation)
        => database.WriteAsync(
            async sql => await sql.ExecuteAsync(
                "UPDATE chore SET owner = NULL, lease_until = NULL, done_at = @now WHERE name = @name AND owner = @owner",
                ("name", name), ("owner", owner), ("now", Rows.ToNumber(Now))).ConfigureAwait(false) == 1,
            () => { },
            cancellation);
}
