using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Support;

/// <summary>What no line of the product's log may do.</summary>
internal static partial class LeakLog
{
    [LoggerMessage(1, LogLevel.Information, "Somebody: {Text}")]
    public static partial void Leak(ILogger log, string text);
}
