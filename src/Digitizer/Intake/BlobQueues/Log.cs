using Digitizer.Failures;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Log messages of blob queues, ids 1050–1099. Names of blobs may hold personal data, so units and queues are named only.</summary>
internal static partial class Log
{
    [LoggerMessage(1050, LogLevel.Information, "{Source}: unit {Unit} accepted")]
    public static partial void Accepted(ILogger log, string source, UnitId unit);

    [LoggerMessage(1051, LogLevel.Warning, "{Source}: unit {Unit} refused: {Kind}")]
    public static partial void Refused(ILogger log, string source, UnitId unit, FailureKind kind);

    [LoggerMessage(1052, LogLevel.Information, "{Source}: a message needs nothing to be done: {Why}")]
    public static partial void Ignored(ILogger log, string source, string why);

    [LoggerMessage(1053, LogLevel.Warning, "{Source}: a blob could not be taken, try {Count} ({Fault}); tried again later")]
    public static partial void TryFailed(ILogger log, string source, int count, string fault);

    [LoggerMessage(1054, LogLevel.Information, "{Source}: {Count} blobs found in containers that no message had told of")]
    public static partial void Swept(ILogger log, string source, long count);

    [LoggerMessage(1055, LogLevel.Warning, "{Source}: messages are left in their queue for a while ({Fault})")]
    public static partial void Paused(ILogger log, string source, string fault);
}
