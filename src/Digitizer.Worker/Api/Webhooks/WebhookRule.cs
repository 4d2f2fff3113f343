using Digitizer.Jobs;
using Digitizer.Pipeline;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>What follows from how a try ended.</summary>
internal static class WebhookRule
{
    /// <summary>So many rejections in a row end the tries of one event.</summary>
    public const int MostRejections = 10;

    private static readonly WorkOptions Waits = new() { RetryAfter = TimeSpan.FromSeconds(2), LongestRetry = TimeSpan.FromMinutes(15) };

    /// <summary>How a webhook stands after a try.</summary>
    /// <param name="before">How it stood.</param>
    /// <param name="line">The line of the history that was told.</param>
    /// <param name="answer">How it ended.</param>
    /// <param name="now">When.</param>
    /// <param name="jitter">0–1.</param>
    public static WebhookState After(WebhookState before, long line, WebhookAnswer answer, DateTimeOffset now, double jitter)
    {
        var earlier = before.Trouble?.HistoryId == line ? before.Trouble : null;
        var (attempt, rejections) = ((earlier?.Attempt ?? 0) + 1, answer.Meaning == WebhookMeaning.Rejected ? (earlier?.Rejections ?? 0) + 1 : 0);
        if (answer.Meaning == WebhookMeaning.Taken)
        {
            return before with { HistoryId = line, Trouble = null };
        }

        return rejections >= MostRejections
            ? before with { HistoryId = line, Trouble = null, Skips = new WebhookSkips((before.Skips?.Count ?? 0) + 1, now, line, answer.Kind) }
            : before with { Trouble = new WebhookTrouble(line, attempt, rejections, now + Wait(attempt, answer, jitter), earlier?.Since ?? now, answer.Kind) };
    }

    /// <summary>How long a line must wait for its next try. A time that no try has set, as the clock was put back since, is none.</summary>
    public static TimeSpan WaitBefore(WebhookState state, long line, DateTimeOffset now)
        => state.Trouble is { } trouble && trouble.HistoryId == line && trouble.NextAt - now is var wait && wait > TimeSpan.Zero && wait <= Waits.LongestRetry ? wait : TimeSpan.Zero;

    private static TimeSpan Wait(int attempt, WebhookAnswer answer, double jitter)
    {
        var own = RetryRule.Wait(attempt, Waits, jitter);
        return answer.RetryAfter is not { } wish || wish <= own ? own : wish < Waits.LongestRetry ? wish : Waits.LongestRetry;
    }
}
