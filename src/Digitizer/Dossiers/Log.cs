using Microsoft.Extensions.Logging;

namespace Digitizer.Dossiers;

/// <summary>Log messages of dossier stores, ids 1600–1699. No dossier codes: they lead to people.</summary>
internal static partial class Log
{
    [LoggerMessage(1600, LogLevel.Debug, "The dossier system answered {Method} with {Status}")]
    public static partial void Answered(ILogger log, string method, int status);

    [LoggerMessage(1601, LogLevel.Warning, "The dossier system did not answer {Method}; certainly not sent: {WasNotSent}")]
    public static partial void NotAnswered(ILogger log, string method, bool wasNotSent);
}
