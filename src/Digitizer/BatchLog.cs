using Microsoft.Extensions.Logging;

namespace Digitizer;

/// <summary>Log messages of the batch run, ids 2000–2099.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(2000, LogLevel.Error, "A unit ended in a fault of the program: {Fault}")]
    public static partial void UnitFailed(this ILogger log, string fault);
}
