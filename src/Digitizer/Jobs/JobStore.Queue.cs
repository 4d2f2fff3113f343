using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>The turn that is being served, for @kind and @priority.</summary>
    private const string Front = "coalesce((SELECT min(turn) FROM work WHERE state = 'queued' AND run_at = 0 AND kind = @kind AND priority = @priority), 0)";

    /// <summary>Adds an item at the back of the turn that is being served (docs/decisions/0008-journal.md), or claims it at once.</summary>
    private static Task EnqueueAsync(Change change, WorkKind kind, UnitId unit, int priority, Guid? document = null, int revision = 0, int ordinal = 1)
        => EnqueueAsync(
            change, kind, new QueuedRows("CAST(NULL AS bigint)", "@ordinal", "(SELECT 1 AS one) AS single", "one = 1"), unit, priority,
            ("document", document is { } d ? Rows.ToText(d) : null), ("revision", revision), ("ordinal", ordinal));

    /// <summary>The same of all pages of a unit: the first may be claimed.</summary>
    private static Task EnqueuePagesAsync(Change change, UnitId unit, int priority)
        => EnqueueAsync(
            change, WorkKind.Page, new QueuedRows("number", "number", "(SELECT number FROM page WHERE unit = @unit ORDER BY number) AS pages", "number = 1"), unit, priority,
            ("document", null), ("revision", 0));

    private static async Task EnqueueAsync(Change change, WorkKind kind, QueuedRows rows, UnitId unit, int priority, params (string, object?)[] further)
    {
        (string, object?)[] values = [("kind", StateName.Of(kind)), ("unit", unit.ToString()), ("priority", priority), ("now", change.Now), .. further];
        if (change is { Claimed: null, Successor: { } successor } && successor.RoomFor(kind) is { Count: > 0 } together)
        {
            var added = await change.Sql.ListAsync(
                rows.ClaimedText(together), row => (Rows.ToWorkItem(row).Item, IsClaimed: row.GetBoolean(10)),
                [.. values, ("owner", successor.Owner), ("until", change.Now + (long)successor.Lease.TotalMilliseconds)]).ConfigureAwait(false);
            change.Claimed = added.Find(row => row.IsClaimed).Item is { } next ? next with { Head = change.Unit is { FileCount: 1 } ? change.Unit : null } : null;
            change.Queued = added.Exists(row => !row.IsClaimed) ? kind : change.Queued;
        }
        else
        {
            await change.Sql.LaterAsync(rows.Text, values).ConfigureAwait(false);
            change.Queued = kind;
        }
    }

    /// <summary>Rows that are added to the queue, as SQL.</summary>
    /// <param name="Page">A row's page.</param>
    /// <param name="Ordinal">Its place in the turn, from 1.</param>
    /// <param name="From">One for each.</param>
    /// <param name="First">Says which of them may be claimed at once.</param>
    private readonly record struct QueuedRows(string Page, string Ordinal, string From, string First)
    {
        public string Text =>
            $"""
            INSERT INTO work (kind, unit, page, document, revision, state, priority, turn, created_at)
            SELECT @kind, @unit, {Page}, @document, @revision, 'queued', @priority, {Front} + {Ordinal}, @now FROM {From}
            """;

        /// <param name="together">A more urgent one of these kinds goes before it.</param>
        public string ClaimedText(IReadOnlyList<WorkKind> together) =>
            $"""
            INSERT INTO work (kind, unit, page, document, revision, state, priority, turn, created_at, owner, lease_until, epoch, attempt)
            SELECT @kind, @unit, {Page}, @document, @revision, CASE WHEN is_next THEN 'running' ELSE 'queued' END, @priority, {Front} + {Ordinal}, @now,
                CASE WHEN is_next THEN @owner END, CASE WHEN is_next THEN @until END, CASE WHEN is_next THEN 1 ELSE 0 END, CASE WHEN is_next THEN 1 ELSE 0 END
            FROM (SELECT *, {First} AND is_free AS is_next FROM {From} CROSS JOIN (
                SELECT NOT EXISTS (SELECT 1 FROM work WHERE state = 'queued' AND run_at = 0 AND kind = @kind AND priority <= @priority)
                   AND NOT EXISTS (SELECT 1 FROM work WHERE state = 'queued' AND run_at > 0 AND run_at <= @now AND kind = @kind)
                   AND NOT EXISTS (SELECT 1 FROM work WHERE state = 'queued' AND run_at = 0 AND kind IN ({string.Join(", ", together.Select(kind => $"'{StateName.Of(kind)}'"))}) AND priority < @priority) AS is_free) AS queue) AS rows
            RETURNING {Rows.WorkItem}, state = 'running'
            """;
    }
}
