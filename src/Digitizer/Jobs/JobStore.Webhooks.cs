namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>How a webhook stands; one that is not known begins behind the newest line of the history.</summary>
    public Task<WebhookState> StartWebhookAsync(string name, CancellationToken cancellation)
        => database.WriteAsync(
            async sql =>
            {
                await sql.ExecuteAsync(
                    "INSERT INTO webhook (name, history_id) SELECT @name, coalesce(max(id), 0) FROM history WHERE true ON CONFLICT DO NOTHING", ("name", name)).ConfigureAwait(false);
                return (await sql.FirstAsync($"SELECT {Rows.Webhook} FROM webhook WHERE name = @name", Rows.ToWebhook, ("name", name)).ConfigureAwait(false))!;
            },
            () => { },
            cancellation);

    /// <summary>Takes a webhook for one process, so that several that work on one journal do not all tell the same.</summary>
    /// <param name="name">The webhook.</param>
    /// <param name="owner">The process.</param>
    /// <param name="lease">How long it has it, unless it takes it again.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>How it stands; null: another process has it.</returns>
    public Task<WebhookState?> TakeWebhookAsync(string name, string owner, TimeSpan lease, CancellationToken cancellation)
        => database.WriteAsync(
            sql =>
            {
                var now = Rows.ToNumber(Now);

                // Where one process owns the journal, another owner is one that died.
                var isFree = database.HasOneOwner ? "" : "AND (owner IS NULL OR owner = @owner OR lease_until < @now)";
                return sql.FirstAsync(
                    $"UPDATE webhook SET owner = @owner, lease_until = @until WHERE name = @name {isFree} RETURNING {Rows.Webhook}", Rows.ToWebhook,
                    ("name", name), ("owner", owner), ("now", now), ("until", now + (long)lease.TotalMilliseconds));
            },
            () => { },
            cancellation);

    /// <summary>Writes down how a webhook stands.</summary>
    /// <returns>False if another process has taken it meanwhile: nothing was written.</returns>
    public Task<bool> SaveWebhookAsync(WebhookState state, string owner, CancellationToken cancellation)
        => database.WriteAsync(
            async sql => await sql.ExecuteAsync(
                """
                UPDATE webhook SET history_id = @history, attempt = @attempt, rejections = @rejections, next_at = @next, failed_since = @since, failed_id = @failed_id, failed_kind = @kind,
                    skipped = @skipped, skipped_at = @skipped_at, skipped_id = @skipped_id, skipped_kind = @skipped_kind
                WHERE name = @name AND owner = @owner AND history_id <= @history
                """,
                ("name", state.Name), ("owner", owner), ("history", state.HistoryId),
                ("attempt", state.Trouble?.Attempt ?? 0), ("rejections", state.Trouble?.Rejections ?? 0), ("next", Number(state.Trouble?.NextAt)), ("since", Number(state.Trouble?.Since)), ("failed_id", state.Trouble?.HistoryId), ("kind", state.Trouble?.Kind),
                ("skipped", state.Skips?.Count ?? 0), ("skipped_at", Number(state.Skips?.At)), ("skipped_id", state.Skips?.HistoryId), ("skipped_kind", state.Skips?.Kind)).ConfigureAwait(false) == 1,
            () => { },
            cancellation);

    private static long? Number(DateTimeOffset? time) => time is { } at ? Rows.ToNumber(at) : null;
}
