using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>All webhooks of a service, each at its own pace.</summary>
internal sealed class Webhooks : IDisposable
{
    private readonly List<WebhookSender> senders;

    /// <param name="options">As they were checked.</param>
    /// <param name="jobs">Whose history is told.</param>
    /// <param name="alerts">Learns of receivers that take nothing.</param>
    /// <param name="network">Over which it is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For people.</param>
    public Webhooks(IReadOnlyList<WebhookOptions> options, JobStore jobs, ServiceAlerts alerts, WebhookNetwork network, TimeProvider time, ILogger log)
    {
        var noted = new WebhookAlerts(alerts, time);
        senders = [.. options.Select(one => new WebhookSender(one, jobs, network, noted, time, log))];
    }

    /// <summary>The webhooks of a configuration that was found right; there may be none.</summary>
    public static Webhooks Of(IConfigurationSection? api, ServiceRun service, TimeProvider time, ILogger log)
        => new(ApiAccessCheck.OptionsOf(api).Webhooks, service.Jobs, service.Alerts, WebhookNetwork.Own, time, log);

    /// <summary>Tells what happens until it is cancelled.</summary>
    /// <exception cref="Failures.DigitizerException">The journal's own; nothing more is told then.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        List<Task> all = [.. senders.Select(sender => sender.RunAsync(stop.Token)), Task.Delay(Timeout.InfiniteTimeSpan, stop.Token)];
        var first = await Task.WhenAny(all);
        await stop.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    public void Dispose() => senders.ForEach(sender => sender.Dispose());
}
