namespace Digitizer.Jobs;

/// <summary>How far a webhook has told the history, and how it stands with the line that comes next.</summary>
internal sealed record WebhookState
{
    public required string Name { get; init; }

    /// <summary>The last line that was dealt with: told, skipped, or nothing to tell.</summary>
    public required long HistoryId { get; init; }

    /// <summary>What was tried and not taken; null: nothing since the last that was dealt with.</summary>
    public WebhookTrouble? Trouble { get; init; }

    /// <summary>What was given up; null: nothing ever was.</summary>
    public WebhookSkips? Skips { get; init; }
}

/// <summary>A line that a webhook's receiver does not take.</summary>
/// <param name="HistoryId">The line.</param>
/// <param name="Attempt">Tries that failed.</param>
/// <param name="Rejections">Those among them, without one of another kind after them, whose answer was that it never will.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Since">The first try.</param>
/// <param name="Kind">How the last try ended.</param>
internal sealed record WebhookTrouble(long HistoryId, int Attempt, int Rejections, DateTimeOffset NextAt, DateTimeOffset Since, string Kind);

/// <summary>Lines that a webhook gave up telling.</summary>
/// <param name="Count">All there ever were.</param>
/// <param name="At">The last time.</param>
/// <param name="HistoryId">The last line.</param>
/// <param name="Kind">How its last try ended.</param>
internal sealed record WebhookSkips(int Count, DateTimeOffset At, long HistoryId, string Kind);
