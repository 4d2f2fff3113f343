using System.Data.Common;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    private const string SubmissionColumns = "id, source, caller, key, fingerprint, received_at";

    /// <summary>Takes all units of a submission into the journal at once; when this returns, they survive a power cut.</summary>
    /// <param name="units">Of one <see cref="SubmissionOrigin"/>.</param>
    /// <param name="cancellation">Nothing is accepted.</param>
    /// <returns>The submission that the key belongs to; where it is another one, that was first, and nothing was changed.</returns>
    public Task<UnitId> AcceptAsync(IReadOnlyList<NewUnit> units, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                // First, and for all units: whatever those of the other one are, none of these is to stand beside them.
                var origin = units[0].Submission!;
                await InsertSubmissionAsync(change, units[0]).ConfigureAwait(false);
                var holder = (await IdAsync(change.Sql, "SELECT id FROM submission WHERE caller = @caller AND key = @key", ("caller", origin.Caller), ("key", origin.Key)).ConfigureAwait(false))!.Value;
                foreach (var unit in holder == origin.Id ? units : [])
                {
                    await AcceptAsync(change, unit).ConfigureAwait(false);
                }

                return holder;
            },
            cancellation);

    /// <summary>What a caller submitted under a key; null: nothing.</summary>
    public Task<Submission?> FindSubmissionAsync(string caller, string key, CancellationToken cancellation)
        => database.ReadAsync(
            sql => SubmissionAsync(sql, "caller = @caller AND key = @key", ("caller", caller), ("key", key)), cancellation);

    /// <summary>A submission by its id; null: there is none.</summary>
    public Task<Submission?> SubmissionAsync(UnitId id, CancellationToken cancellation)
        => database.ReadAsync(sql => SubmissionAsync(sql, "id = @id", ("id", id.ToString())), cancellation);

    /// <summary>When the journal last changed; null: it is empty.</summary>
    public Task<DateTimeOffset?> LastChangeAsync(CancellationToken cancellation)
        => database.ReadAsync<DateTimeOffset?>(
            async sql => (await sql.ListAsync("SELECT at FROM history ORDER BY id DESC LIMIT 1", row => row.GetInt64(0)).ConfigureAwait(false)) is [var at] ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            cancellation);

    private static async Task<Submission?> SubmissionAsync(JournalSql sql, string where, params (string, object?)[] values)
        => await sql.FirstAsync($"SELECT {SubmissionColumns} FROM submission WHERE {where}", ToSubmission, values).ConfigureAwait(false) is { } found
            ? found with { Units = await UnitsAsync(sql, "WHERE submission = @submission ORDER BY id", ("submission", found.Id.ToString())).ConfigureAwait(false) }
            : null;

    private static async Task InsertSubmissionAsync(Change change, NewUnit unit)
    {
        if (unit.Submission is { } origin)
        {
            await change.Sql.ExecuteAsync(
                $"INSERT INTO submission ({SubmissionColumns}) VALUES (@id, @source, @caller, @key, @fingerprint, @received) ON CONFLICT DO NOTHING",
                ("id", origin.Id.ToString()), ("source", unit.Source), ("caller", origin.Caller), ("key", origin.Key), ("fingerprint", origin.Fingerprint),
                ("received", Rows.ToNumber(unit.ReceivedAt))).ConfigureAwait(false);
        }
    }

    private static Submission ToSubmission(DbDataReader row) => new(
        UnitId.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), []);
}
