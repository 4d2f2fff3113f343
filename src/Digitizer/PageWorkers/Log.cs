using Digitizer.Failures;
using Microsoft.Extensions.Logging;

namespace Digitizer.PageWorkers;

/// <summary>Log messages of page-workers, ids 1400–1499.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "Page-workers run WITHOUT confinement: a hostile file could reach this system. Install bubblewrap.")]
    public static partial void Unconfined(ILogger log);

    [LoggerMessage(1401, LogLevel.Debug, "Page-worker {ProcessId} is ready")]
    public static partial void WorkerStarted(ILogger log, int processId);

    [LoggerMessage(1402, LogLevel.Debug, "Attempt {Attempt} ended with {Kind}; the page-worker is replaced")]
    public static partial void AttemptFailed(ILogger log, int attempt, FailureKind kind);
}
