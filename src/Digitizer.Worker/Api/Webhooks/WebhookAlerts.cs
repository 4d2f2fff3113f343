using System.Globalization;
using Digitizer.Jobs;
using Digitizer.Service;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Raises an alert when a receiver takes nothing for a day, and for a day when something was given up.</summary>
/// <param name="alerts">Of the service.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookAlerts(ServiceAlerts alerts, TimeProvider time)
{
    /// <summary>Since when a receiver must not have taken an event.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private static readonly TimeSpan SkipStands = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, WebhookState> known = new(StringComparer.Ordinal);

    /// <summary>Says how a webhook stands.</summary>
    public void Note(WebhookState state)
    {
        lock (gate)
        {
            known[state.Name] = state;
            alerts.Set(ServiceAlertKind.WebhookFails, Message(Failing));
            alerts.Set(ServiceAlertKind.WebhookSkipped, Message(Skipped));
        }
    }

    private string? Message(Func<WebhookState, string?> about) => known.Values.Select(about).OfType<string>().ToList() is { Count: > 0 } all ? string.Join(" ", all) : null;

    private string? Failing(WebhookState state)
        => state.Trouble is { } trouble && time.GetUtcNow() - trouble.Since >= Patience
            ? $"Webhook {state.Name}: its receiver has not taken an event since {Shown(trouble.Since)} ({trouble.Kind}); those after it wait. Put the receiver right, or take the webhook out of the configuration."
            : null;

    private string? Skipped(WebhookState state)
        => state.Skips is { } skips && time.GetUtcNow() - skips.At < SkipStands
            ? string.Create(CultureInfo.InvariantCulture, $"Webhook {state.Name}: an event was given up at {Shown(skips.At)}, as its receiver rejected it {WebhookRule.MostRejections} times ({skips.Kind}); {skips.Count} were in all. The log names them; whom they were for must ask the API how its units stand.")
            : null;

    private string Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
