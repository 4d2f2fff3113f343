using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Access;

/// <summary>Log messages of the API's gate, ids 2200–2219. Ids of keys and digests of subjects; never what was brought, no addresses of what was asked for.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(2200, LogLevel.Information, "API keys read: {Usable} of {All} can be used")]
    public static partial void KeysRead(ILogger log, int usable, int all);

    [LoggerMessage(2201, LogLevel.Error, "{Problem}")]
    public static partial void KeysUnreadable(ILogger log, string problem);

    [LoggerMessage(2202, LogLevel.Information, "API: a caller at {Address} is not known: {Why} {About}")]
    public static partial void NotKnown(ILogger log, string address, WhyUnknown why, string about);

    [LoggerMessage(2203, LogLevel.Warning, "API: calls from {Address} are refused for a minute, as {Count} in a minute brought what does not let in")]
    public static partial void Guesses(ILogger log, string address, int count);

    [LoggerMessage(2204, LogLevel.Information, "API: caller {Caller} is refused, who has not the right {Right}")]
    public static partial void NotAllowed(ILogger log, string caller, Right right);

    // Whoever is too fast is so thousands of times.
    [LoggerMessage(2205, LogLevel.Debug, "API: caller {Caller} asks for more than its limit of {Limit}")]
    public static partial void TooMany(ILogger log, string caller, string limit);

    [LoggerMessage(2206, LogLevel.Warning, "API: calls from other machines are refused until there is a key ('digitizer keys add') or Service:Api:Tokens is set")]
    public static partial void NobodyYet(ILogger log);

    [LoggerMessage(2207, LogLevel.Error, "The keys that sign tokens cannot be read: {Problem}")]
    public static partial void TokenKeysUnreadable(ILogger log, string problem);

    [LoggerMessage(2208, LogLevel.Information, "{Count} keys that sign tokens are known")]
    public static partial void TokenKeysRead(ILogger log, int count);

    [LoggerMessage(2209, LogLevel.Error, "API: a call ended in a fault of the program: {Fault}")]
    public static partial void Fault(ILogger log, string fault);

    [LoggerMessage(2210, LogLevel.Error, "API: the endpoint {Endpoint} says nothing about who may call it, and is refused to everybody")]
    public static partial void Undeclared(ILogger log, string? endpoint);
}
