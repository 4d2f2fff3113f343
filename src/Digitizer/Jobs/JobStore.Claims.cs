using System.Collections.Concurrent;
using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    private static readonly ConcurrentDictionary<string, string> Claims = new(StringComparer.Ordinal);

    /// <summary>Takes due work, most urgent first, units of equal priority in turn. Counts an attempt of each.</summary>
    /// <param name="kinds">What the caller can do.</param>
    /// <param name="owner">Who it is, for people.</param>
    /// <param name="lease">How long it is gone without a renewal before others may take the work.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    public async Task<IReadOnlyList<WorkItem>> ClaimAsync(IReadOnlyList<WorkKind> kinds, string owner, TimeSpan lease, int count, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var items = await database.WriteAsync<IReadOnlyList<WorkItem>>(
            async sql =>
            {
                var now = Rows.ToNumber(Now);
                await WakeAsync(sql, now).ConfigureAwait(false);
                var rows = await sql.ListAsync(
                    ClaimText(kinds, count), Rows.ToWorkItem, ("owner", owner), ("until", now + (long)lease.TotalMilliseconds)).ConfigureAwait(false);
                var claimed = rows.OrderBy(r => r.Item.Priority).ThenBy(r => r.Turn).ThenBy(r => r.Item.Id).Select(r => r.Item).ToArray();
                await SplittingAsync(sql, now, claimed).ConfigureAwait(false);
                return claimed;
            },
            () => { },
            cancellation).ConfigureAwait(false);
        JournalMetrics.Claimed(items.Count, time.GetElapsedTime(began));
        return items;
    }

    /// <summary>Keeps a claim.</summary>
    /// <exception cref="LeaseLostException">It is lost: stop.</exception>
    public Task RenewAsync(WorkItem item, TimeSpan lease, CancellationToken cancellation)
        => ChangeAsync(
            change => HeldAsync(change, item, "UPDATE work SET lease_until = @until", ("until", change.Now + (long)lease.TotalMilliseconds)),
            cancellation);

    /// <summary>Gives work back that was not tried to its end, at a shutdown: due at once, the attempt is not counted.</summary>
    /// <exception cref="LeaseLostException">It is somebody else's already.</exception>
    public Task GiveBackAsync(WorkItem item, CancellationToken cancellation)
        => ReturnAsync(item, "returned", null, null, countsAttempt: false, cancellation);

    /// <summary>Puts work off that waits for another system, until a time; the attempt is not counted.</summary>
    /// <exception cref="LeaseLostException">It is somebody else's already.</exception>
    public async Task PostponeAsync(WorkItem item, DateTimeOffset until, Failure reason, CancellationToken cancellation)
    {
        await ReturnAsync(item, "postponed", reason, until, countsAttempt: false, cancellation).ConfigureAwait(false);
        JournalMetrics.Failed(item.Kind, reason.Kind, "postponed");
    }

    /// <summary>
    /// An attempt failed. With a time, and attempts left, the item is queued again; else it is quarantined, and what
    /// it worked on goes where a person sees it: a unit into its exception state, a page to unreadable (its unit goes on),
    /// a document to needs-review, a delivery to refused, or to uncertain if it may have been sent.
    /// </summary>
    /// <returns>Queued or Quarantined.</returns>
    /// <exception cref="LeaseLostException">It is somebody else's already.</exception>
    public async Task<WorkState> FailAsync(WorkItem item, FailureKind kind, string message, DateTimeOffset? retryAt, CancellationToken cancellation)
    {
        var failure = new Failure(kind, message);
        if (retryAt is not null && item.Attempt < maxAttempts)
        {
            await ReturnAsync(item, "failed", failure, retryAt, countsAttempt: true, cancellation).ConfigureAwait(false);
            JournalMetrics.Failed(item.Kind, kind, "retried");
            return WorkState.Queued;
        }

        await FinishAsync(item, Enum.GetValues<WorkKind>(), WorkState.Quarantined, (change, unit, owner) => QuarantineAsync(change, unit, item, owner, failure), cancellation).ConfigureAwait(false);
        JournalMetrics.Failed(item.Kind, kind, "quarantined");
        return WorkState.Quarantined;
    }

    /// <summary>Gives back whatever an owner has claimed and does not know of: the answer to its claim was lost. The attempt is not counted.</summary>
    /// <param name="owner">Who.</param>
    /// <param name="inHand">Ids of what it works on.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    public Task ReleaseAsync(string owner, IEnumerable<long> inHand, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var items = await change.Sql.ListAsync(
                    $"""
                    UPDATE work SET state = 'queued', lease_until = NULL, run_at = 0, turn = {FrontOfRow}, attempt = attempt - 1
                    WHERE state = 'running' AND owner = @owner AND id NOT IN ({string.Join(", ", inHand.Append(0).Select(id => id.ToString(CultureInfo.InvariantCulture)))})
                    RETURNING {Rows.WorkItem}
                    """,
                    row => Rows.ToWorkItem(row).Item, ("owner", owner)).ConfigureAwait(false);
                foreach (var item in items)
                {
                    await change.NoteAsync(item, owner, "returned").ConfigureAwait(false);
                }
            },
            cancellation);

    /// <summary>Items whose owner has not renewed its claim become due again, or are quarantined when their attempts are spent.</summary>
    public async Task<Rescued> RescueAsync(CancellationToken cancellation)
    {
        var requeued = await ChangeAsync(RequeueExpiredAsync, cancellation).ConfigureAwait(false);
        var now = Rows.ToNumber(Now);
        var spent = await database.ReadAsync(
            sql => sql.ListAsync($"SELECT {Rows.WorkItem} FROM work WHERE state = 'running' AND lease_until < @now ORDER BY lease_until LIMIT 1000", Rows.ToWorkItem, ("now", now)), cancellation).ConfigureAwait(false);
        var quarantined = 0;
        foreach (var (item, _) in spent.Where(s => s.Item.Attempt >= maxAttempts))
        {
            quarantined += await QuarantineExpiredAsync(item, now, cancellation).ConfigureAwait(false) ? 1 : 0;
        }

        return new Rescued(requeued, quarantined);
    }

    private async Task<bool> QuarantineExpiredAsync(WorkItem item, long now, CancellationToken cancellation)
    {
        var failure = new Failure(FailureKind.WorkAbandoned, $"The process that worked on it was gone {maxAttempts} times. Look at the machine's memory and logs, then type: digitizer jobs retry {item.Unit}");
        try
        {
            await ChangeAsync(
                async change =>
                {
                    var unit = await LockAsync(change, item.Unit).ConfigureAwait(false);
                    // Its owner may have renewed meanwhile.
                    await HeldAsync(change, item, "UPDATE work SET lease_until = lease_until", "AND lease_until < @expired", ("expired", now)).ConfigureAwait(false);
                    var owner = await EndAsync(change, item, WorkState.Quarantined).ConfigureAwait(false);
                    await QuarantineAsync(change, unit, item, owner, failure).ConfigureAwait(false);
                },
                cancellation).ConfigureAwait(false);
            JournalMetrics.Failed(item.Kind, failure.Kind, "quarantined");
            return true;
        }
        catch (LeaseLostException)
        {
            return false;
        }
    }

    private async Task<int> RequeueExpiredAsync(Change change)
    {
        var rows = await change.Sql.ListAsync(
            $"""
            UPDATE work SET state = 'queued', run_at = 0, lease_until = NULL, turn = {FrontOfRow}
            WHERE id IN (SELECT id FROM work WHERE state = 'running' AND lease_until < @now AND attempt < @most ORDER BY lease_until LIMIT 1000 {database.SkipLocked})
            RETURNING {Rows.WorkItem}, owner
            """,
            row => (Rows.ToWorkItem(row).Item, Owner: row.GetString(10)), ("now", change.Now), ("most", maxAttempts)).ConfigureAwait(false);
        foreach (var (item, owner) in rows)
        {
            await change.NoteAsync(item, owner, "rescued").ConfigureAwait(false);
        }

        return rows.Count;
    }

    private Task ReturnAsync(WorkItem item, string what, Failure? failure, DateTimeOffset? at, bool countsAttempt, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                var owner = await change.Sql.FirstAsync(
                    $"""
                    UPDATE work SET state = 'queued', lease_until = NULL, run_at = @at, turn = {FrontOfRow}, attempt = attempt - @back
                    WHERE id = @id AND epoch = @epoch AND state = 'running' RETURNING owner
                    """,
                    row => row.GetString(0),
                    ("at", at is { } t ? Rows.ToNumber(t + clockAhead) : 0L), ("back", countsAttempt ? 0L : 1L), ("id", item.Id), ("epoch", item.Epoch)).ConfigureAwait(false) ?? throw new LeaseLostException(item);
                await change.NoteAsync(item, owner, what, failure).ConfigureAwait(false);
            },
            cancellation);

    private static async Task HeldAsync(Change change, WorkItem item, string update, params (string, object?)[] values)
        => await HeldAsync(change, item, update, "", values).ConfigureAwait(false);

    private static async Task HeldAsync(Change change, WorkItem item, string update, string further, params (string, object?)[] values)
    {
        if (await change.Sql.ExecuteAsync($"{update} WHERE id = @id AND epoch = @epoch AND state = 'running' {further}", [("id", item.Id), ("epoch", item.Epoch), .. values]).ConfigureAwait(false) != 1)
        {
            throw new LeaseLostException(item);
        }
    }

    /// <summary>What was put off and is due now goes to the front of its queue.</summary>
    private async Task WakeAsync(JournalSql sql, long now)
        => await sql.LaterAsync(
            $"""
            UPDATE work SET run_at = 0, turn = {FrontOfRow}
            WHERE id IN (SELECT id FROM work WHERE state = 'queued' AND run_at > 0 AND run_at <= @now ORDER BY run_at LIMIT 1000 {database.SkipLocked})
            """,
            ("now", now)).ConfigureAwait(false);

    /// <summary>The turn that is being served in the queue of the row that is updated; its own if that queue is empty.</summary>
    private const string FrontOfRow =
        "coalesce((SELECT min(w.turn) FROM work w WHERE w.state = 'queued' AND w.run_at = 0 AND w.kind = work.kind AND w.priority = work.priority), work.turn)";

    private async Task SplittingAsync(JournalSql sql, long now, WorkItem[] items)
    {
        foreach (var item in items.Where(i => i.Kind == WorkKind.Split))
        {
            // A unit that somebody has locked (a person cancels it) is passed by: the claim must not wait.
            await sql.LaterAsync(
                $"UPDATE unit SET state = 'splitting', changed_at = @now WHERE id IN (SELECT id FROM unit WHERE id = @id AND state = 'accepted' {database.SkipLocked})",
                ("now", now), ("id", item.Unit.ToString())).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// One statement. Each kind's queue is an index of its own that is read from its front, so the cost does not
    /// depend on how much waits, of this kind or of others.
    /// </summary>
    private string ClaimText(IReadOnlyList<WorkKind> kinds, int count)
    {
        var limit = count.ToString(CultureInfo.InvariantCulture);
        return Claims.GetOrAdd($"{database.Name} {limit} {string.Join(' ', kinds)}", _ =>
        {
            var queues = kinds.Select(kind =>
                $"SELECT * FROM (SELECT id, priority, turn FROM work WHERE state = 'queued' AND run_at = 0 AND kind = '{StateName.Of(kind)}' ORDER BY priority, turn, id LIMIT {limit} {database.SkipLocked}) AS {StateName.Of(kind)}_queue");
            return $"""
                WITH ready AS MATERIALIZED (SELECT id FROM ({string.Join("\nUNION ALL ", queues)}) AS queues ORDER BY priority, turn, id LIMIT {limit})
                UPDATE work SET state = 'running', owner = @owner, epoch = epoch + 1, attempt = attempt + 1, lease_until = @until
                WHERE id IN (SELECT id FROM ready) RETURNING {Rows.WorkItem}
                """;
        });
    }
}
