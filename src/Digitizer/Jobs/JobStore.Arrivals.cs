using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>
    /// Takes an arrival into the journal: when this returns, it survives a power cut. The same arrival, by its
    /// key or by its id, changes nothing the second time.
    /// </summary>
    public Task<Accepted> AcceptAsync(NewUnit unit, CancellationToken cancellation)
        => ChangeAsync(change => AcceptAsync(change, unit), cancellation);

    /// <summary>The unit that an arrival became.</summary>
    public Task<UnitId?> FindArrivalAsync(string arrivalKey, CancellationToken cancellation)
        => database.ReadAsync(async sql => await IdAsync(sql, "SELECT id FROM unit WHERE arrival_key = @key", ("key", arrivalKey)).ConfigureAwait(false), cancellation);

    /// <summary>The unit that a file is of, by the id that the vault keeps it under.</summary>
    public Task<UnitId?> FindFileAsync(UnitId file, CancellationToken cancellation)
        => database.ReadAsync(
            async sql => await IdAsync(sql, "SELECT id FROM unit WHERE id = @file UNION ALL SELECT unit FROM original WHERE id = @file", ("file", file.ToString())).ConfigureAwait(false), cancellation);

    private static async Task<Accepted> AcceptAsync(Change change, NewUnit unit)
    {
        var known = await KnownAsync(change.Sql, unit).ConfigureAwait(false);
        if (known is not null)
        {
            return known;
        }

        // What was never read has no digest, and is like nothing.
        var same = unit.Sha256.Length == 0 ? null : await IdAsync(change.Sql, "SELECT id FROM unit WHERE sha256 = @sha256 ORDER BY received_at, id LIMIT 1", ("sha256", unit.Sha256)).ConfigureAwait(false);
        var added = await InsertAsync(change, unit, same).ConfigureAwait(false);
        if (!added)
        {
            // PostgreSQL: another process was faster by a moment, and has committed by now.
            return (await KnownAsync(change.Sql, unit).ConfigureAwait(false))!;
        }

        await InsertFilesAsync(change, unit).ConfigureAwait(false);
        await InsertSubmissionAsync(change, unit).ConfigureAwait(false);
        await change.NoteAsync(unit.Id, unit.Refusal is null ? "accepted" : "refused", failure: unit.Refusal, detail: same is { } s ? $"same content as {s}" : null).ConfigureAwait(false);
        // Where there is an original, its side-car is on the disk by now and says the same.
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), Source = unit.Source, What = unit.Refusal is null ? "accepted" : "refused", Arrival = SideCar.Of(unit), Failure = unit.Refusal, Durable = unit.Sha256.Length == 0 });
        if (unit.Refusal is null)
        {
            await EnqueueAsync(change, WorkKind.Split, unit.Id, unit.Priority).ConfigureAwait(false);
        }

        return new Accepted(unit.Id, false, same);
    }

    private static async Task<Accepted?> KnownAsync(JournalSql sql, NewUnit unit)
        => await sql.FirstAsync(
            "SELECT id, same_as FROM unit WHERE arrival_key = @key OR id = @id ORDER BY received_at LIMIT 1",
            row => new Accepted(UnitId.Parse(row.GetString(0)), true, Rows.Text(row, 1) is { } same ? UnitId.Parse(same) : null),
            ("key", unit.ArrivalKey), ("id", unit.Id.ToString())).ConfigureAwait(false);

    private static async Task<bool> InsertAsync(Change change, NewUnit unit, UnitId? same)
        => await change.Sql.ExecuteAsync(
            """
            INSERT INTO unit (id, source, arrival_key, name, shown_name, bytes, sha256, received_at, expected_pages, priority, options_hash,
                dossier, basis, confirmed, profile, scanner, result_base, same_as, state, failure_kind, failure_message, changed_at, finished_at,
                files, batch, batch_document, batch_details, submission)
            VALUES (@id, @source, @key, @name, @shown, @bytes, @sha256, @received, @expected, @priority, @options,
                @dossier, @basis, @confirmed, @profile, @scanner, @result, @same, @state, @failure, @message, @now, @finished,
                @files, @batch, @batch_document, @batch_details, @submission)
            ON CONFLICT DO NOTHING
            """,
            ("id", unit.Id.ToString()), ("source", unit.Source), ("key", unit.ArrivalKey), ("name", unit.Name), ("shown", unit.ShownName), ("bytes", unit.Bytes),
            ("sha256", unit.Sha256), ("received", Rows.ToNumber(unit.ReceivedAt)), ("expected", unit.ExpectedPages), ("priority", unit.Priority), ("options", unit.OptionsHash),
            ("dossier", unit.Dossier?.Code), ("basis", unit.Dossier?.Basis), ("confirmed", Confirmed(unit.Dossier)), ("profile", unit.Profile), ("scanner", unit.Scanner),
            ("result", unit.ResultBase), ("same", same?.ToString()), ("state", unit.Refusal is null ? "accepted" : "exception"),
            ("failure", unit.Refusal?.Kind.ToString()), ("message", unit.Refusal?.Message), ("now", change.Now), ("finished", unit.Refusal is null ? null : change.Now),
            ("files", unit.Files?.Count ?? 1), ("batch", unit.Batch?.Id), ("batch_document", unit.Batch?.Document), ("batch_details", unit.Batch?.Details), ("submission", unit.Submission?.Id.ToString())).ConfigureAwait(false) == 1;

    // As a long, which both engines take for their column type.
    private static long? Confirmed(DossierClaim? claim) => claim is null ? null : claim.Confirmed ? 1L : 0L;

    private static async Task<UnitId?> IdAsync(JournalSql sql, string query, params (string, object?)[] values)
        => await sql.FirstAsync(query, row => row.GetString(0), values).ConfigureAwait(false) is { } id ? UnitId.Parse(id) : null;
}
