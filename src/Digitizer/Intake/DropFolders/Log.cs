using Digitizer.Failures;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.DropFolders;

/// <summary>Log messages of drop folders, ids 1000–1049. File names may hold personal data, so units and folders are named only.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Drop folder {Source}: {Facts}")]
    public static partial void Probed(ILogger log, string source, FolderFacts facts);

    [LoggerMessage(1001, LogLevel.Information, "{Source}: unit {Unit} accepted")]
    public static partial void Accepted(ILogger log, string source, UnitId unit);

    [LoggerMessage(1002, LogLevel.Warning, "{Source}: unit {Unit} refused: {Kind}")]
    public static partial void Refused(ILogger log, string source, UnitId unit, FailureKind kind);

    [LoggerMessage(1003, LogLevel.Warning, "{Source}: a file could not be taken ({Fault}); tried again at the next look")]
    public static partial void TakingFailed(ILogger log, string source, string fault);

    [LoggerMessage(1004, LogLevel.Information, "{Source}: unit {Unit} goes on after an interruption")]
    public static partial void Resumed(ILogger log, string source, string unit);

    [LoggerMessage(1005, LogLevel.Warning, "{Source}: more file events came than the system keeps; the folder is looked at as a whole, nothing is lost")]
    public static partial void EventsLost(ILogger log, string source);
}
