using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Log messages of webhooks, ids 2220–2229. Ids of events; no codes of dossiers, no addresses.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(2220, LogLevel.Information, "Webhook {Name}: what happened after line {Line} of the history is told")]
    public static partial void Begins(ILogger log, string name, long line);

    [LoggerMessage(2221, LogLevel.Warning, "Webhook {Name}: event {Id} was not taken ({Kind}); it is tried again, and those after it wait")]
    public static partial void NotTaken(ILogger log, string name, string id, string kind);

    [LoggerMessage(2222, LogLevel.Information, "Webhook {Name}: event {Id} was taken after {Attempts} tries")]
    public static partial void TakenAtLast(ILogger log, string name, string id, int attempts);

    [LoggerMessage(2223, LogLevel.Error, "Webhook {Name}: event {Id} is skipped, as its receiver rejected it {Count} times ({Kind})")]
    public static partial void Skipped(ILogger log, string name, string id, int count, string kind);

    [LoggerMessage(2224, LogLevel.Information, "Webhook {Name}: {Count} secrets read")]
    public static partial void SecretsRead(ILogger log, string name, int count);

    [LoggerMessage(2225, LogLevel.Error, "Webhook {Name}: {Problem}")]
    public static partial void SecretsUnreadable(ILogger log, string name, string problem);
}
