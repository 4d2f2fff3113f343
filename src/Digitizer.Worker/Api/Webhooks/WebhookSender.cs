using Digitizer.Jobs;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Tells one webhook what the history says, line after line, each until it was taken.</summary>
/// <remarks>
/// How far it has come stands in the journal after each event, so that a crash costs at most one telling twice. On a journal
/// that several processes work on, one of them has the webhook at a time.
/// </remarks>
internal sealed class WebhookSender : IDisposable
{
    private const int LinesAtATime = 500;
    private const int LinesToRemember = 5000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly WebhookOptions options;
    private readonly JobStore jobs;
    private readonly WebhookAlerts alerts;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly WebhookPost post;
    private readonly HistoryWalk walk;
    private long? takenAt;

    public WebhookSender(WebhookOptions options, JobStore jobs, WebhookNetwork network, WebhookAlerts alerts, TimeProvider time, ILogger log)
    {
        (this.options, this.jobs, this.alerts, this.time, this.log) = (options, jobs, alerts, time, log);
        (post, walk) = (new WebhookPost(options, network, time, log), new HistoryWalk(jobs));
    }

    /// <summary>Tells until it is cancelled.</summary>
    /// <exception cref="Failures.DigitizerException">The journal's own.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var state = await jobs.StartWebhookAsync(options.Name, stopping);
        WebhookLog.Begins(log, options.Name, state.HistoryId);
        for (var at = state.HistoryId; ;)
        {
            alerts.Note(state);
            var lines = await walk.ReadAsync(at, LinesAtATime, stopping);
            foreach (var line in lines)
            {
                state = await TellAsync(state, line, stopping);
                at = Math.Max(line.Id, state.HistoryId);
            }

            state = await RememberAsync(state, at, stopping);
            if (lines.Count == 0)
            {
                await Task.Delay(Look, time, stopping);
            }
        }
    }

    public void Dispose() => post.Dispose();

    private async Task<WebhookState> TellAsync(WebhookState state, HistoryLine line, CancellationToken stopping)
    {
        if (line.Id <= state.HistoryId || WebhookEvent.Of(line) is not { } what || await jobs.HeadAsync(line.Unit, stopping) is not { } unit || !options.Wants(unit.Arrival.Source, what.Name))
        {
            return state;
        }

        var notice = await WebhookNotice.ReadAsync(jobs, options.Name, line, what, unit, stopping);
        var body = notice.ToBytes();
        while (line.Id > state.HistoryId)
        {
            state = await TryAsync(state, line.Id, notice.Id, body, stopping);
            alerts.Note(state);
        }

        return state;
    }

    // Once, when its time has come and no other process has the webhook.
    private async Task<WebhookState> TryAsync(WebhookState state, long line, string id, byte[] body, CancellationToken stopping)
    {
        await Task.Delay(WebhookRule.WaitBefore(state, line, time.GetUtcNow()), time, stopping);
        if (await HoldAsync(state, stopping) is not { } held)
        {
            await Task.Delay(Look, time, stopping);
            return state;
        }

        if (line <= held.HistoryId || WebhookRule.WaitBefore(held, line, time.GetUtcNow()) > TimeSpan.Zero)
        {
            return held;
        }

        var answer = await post.SendAsync(id, body, stopping);
        var after = WebhookRule.After(held, line, answer, time.GetUtcNow(), Random.Shared.NextDouble());
        if (!await SaveAsync(after, stopping))
        {
            return held;
        }

        Log(held, after, id, answer);
        return after;
    }

    // How it stands, if it is ours; taken anew when half of the lease is over.
    private async Task<WebhookState?> HoldAsync(WebhookState known, CancellationToken stopping)
    {
        if (takenAt is { } at && time.GetElapsedTime(at) < Lease / 2)
        {
            return known;
        }

        var now = time.GetTimestamp();
        var taken = await jobs.TakeWebhookAsync(options.Name, owner, Lease, stopping);
        takenAt = taken is null ? null : now;
        return taken;
    }

    private async Task<bool> SaveAsync(WebhookState state, CancellationToken stopping)
    {
        var isOurs = await jobs.SaveWebhookAsync(state, owner, stopping);
        takenAt = isOurs ? takenAt : null;
        return isOurs;
    }

    private void Log(WebhookState before, WebhookState after, string id, WebhookAnswer answer)
    {
        switch (answer.Meaning, before.Trouble, after.Trouble)
        {
            case (WebhookMeaning.Taken, { } trouble, _):
                WebhookLog.TakenAtLast(log, options.Name, id, trouble.Attempt + 1);
                break;
            case (not WebhookMeaning.Taken, _, null):
                WebhookLog.Skipped(log, options.Name, id, WebhookRule.MostRejections, answer.Kind);
                break;
            case (not WebhookMeaning.Taken, var earlier, _) when earlier?.Kind != answer.Kind:
                WebhookLog.NotTaken(log, options.Name, id, answer.Kind);
                break;
        }
    }

    // Lines that tell nothing are not read again and again by each start; and what was in trouble and is not wanted any more is none.
    private async Task<WebhookState> RememberAsync(WebhookState state, long at, CancellationToken stopping)
    {
        if ((at - state.HistoryId < LinesToRemember && !(state.Trouble?.HistoryId <= at)) || await HoldAsync(state, stopping) is not { } held || held.HistoryId >= at)
        {
            return state;
        }

        var moved = held with { HistoryId = at, Trouble = null };
        return await SaveAsync(moved, stopping) ? moved : state;
    }
}
