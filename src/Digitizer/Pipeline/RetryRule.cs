using Digitizer.Failures;

namespace Digitizer.Pipeline;

/// <summary>Whether a failed item is tried again, and when; pure.</summary>
internal static class RetryRule
{
    /// <summary>
    /// The wait before the next attempt, or null if another attempt cannot end otherwise. Doubles with each
    /// attempt, and is shortened by up to a quarter, so that items that failed together do not come back together. A fault of the program is tried again too: it may lie in a
    /// moment, a disk's or a race's, and only what fails each time is worth a person's. A proof is done once more: its reader may have been killed.
    /// </summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="options">First and longest wait.</param>
    /// <param name="jitter">0–1.</param>
    public static TimeSpan? WaitAfter(FailureKind kind, int attempt, WorkOptions options, double jitter)
        => kind.MayPass() || kind == FailureKind.Internal || (kind == FailureKind.ProofFailed && attempt == 1) ? Wait(attempt, options, jitter) : null;

    /// <summary>The wait after an attempt that may end otherwise.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="options">First and longest wait.</param>
    /// <param name="jitter">0–1.</param>
    public static TimeSpan Wait(int attempt, WorkOptions options, double jitter)
    {
        var doubled = options.RetryAfter * Math.Pow(2, Math.Min(attempt - 1, 30));
        var wait = doubled < options.LongestRetry ? doubled : options.LongestRetry;
        return wait * (1 - (jitter / 4));
    }
}
