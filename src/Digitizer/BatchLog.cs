using Microsoft.Extensions.Logging;

namespace Digitizer;

/// <summary>Log messages of the batch run.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(1000, LogLevel.Error, "A unit ended in a fault of the program")]
    public static partial void UnitFailed(this ILogger log, Exception exception);
}
