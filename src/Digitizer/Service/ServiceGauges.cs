using System.Diagnostics;
using System.Diagnostics.Metrics;
using Digitizer.Jobs;
using Digitizer.Telemetry;

namespace Digitizer.Service;

/// <summary>What the gauges of a service are read off.</summary>
/// <param name="Backlog">As the watch has last seen it: no gauge asks the journal, which may be busy, or closed.</param>
/// <param name="Alerts">What stands: where, and which kind.</param>
/// <param name="FreeBytes">Of the vault's disk.</param>
/// <param name="Workers">Process ids of the page-workers.</param>
internal sealed record Gauged(Func<Backlog?> Backlog, Func<IEnumerable<(string Source, string Kind)>> Alerts, Func<long> FreeBytes, Func<IReadOnlyList<int>> Workers);

/// <summary>How a service stands, for whoever collects metrics; ends with the service.</summary>
internal sealed class ServiceGauges : IDisposable
{
    private readonly Meter meter = new(Meters.Name, Product.Version);
    private readonly Gauged gauged;
    private readonly TimeProvider time;

    public ServiceGauges(Gauged gauged, TimeProvider time)
    {
        (this.gauged, this.time) = (gauged, time);
        meter.CreateObservableGauge("digitizer.backlog", Backlog, "{item}", "Pieces of work that wait or are being done.");
        meter.CreateObservableGauge("digitizer.backlog.age", Age, "s", "Age of the oldest piece of work that is not finished; 0 if there is none.");
        meter.CreateObservableGauge("digitizer.alerts", Alerts, "{alert}", "Alarms that stand, of drop folders and of the service.");
        meter.CreateObservableGauge("digitizer.vault.free", Free, "By", "Free bytes on the vault's disk.");
        meter.CreateObservableGauge("digitizer.process.memory", Memory, "By", "Memory in use: of the service, and of all its page-workers together.");
    }

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Backlog()
    {
        if (gauged.Backlog() is not { } backlog)
        {
            return [];
        }

        // Those of which there are none, too: a line that ends is no line at zero.
        return Enum.GetValues<WorkKind>().SelectMany(kind => new[]
        {
            Of(backlog.Waiting.GetValueOrDefault(kind), ("work", StateName.Of(kind)), ("state", "waiting")),
            Of(backlog.Running.GetValueOrDefault(kind), ("work", StateName.Of(kind)), ("state", "running")),
        });
    }

    private IEnumerable<Measurement<double>> Age()
        => gauged.Backlog() is { } backlog ? [new Measurement<double>(backlog.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0)] : [];

    private IEnumerable<Measurement<long>> Alerts()
        => gauged.Alerts().GroupBy(alert => alert).Select(same => Of(same.Count(), ("source", same.Key.Source), ("kind", same.Key.Kind)));

    private IEnumerable<Measurement<long>> Free()
    {
        try
        {
            return [new Measurement<long>(gauged.FreeBytes())];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is gone: that is no measure of it, and the alarms say so.
            return [];
        }
    }

    private IEnumerable<Measurement<long>> Memory() =>
    [
        Of(Environment.WorkingSet, ("process", "service")),
        Of(gauged.Workers().Sum(MemoryOf), ("process", "page-workers")),
    ];

    private static long MemoryOf(int process)
    {
        try
        {
            using var worker = Process.GetProcessById(process);
            return worker.WorkingSet64;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static Measurement<long> Of(long value, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var list = new KeyValuePair<string, object?>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            list[i] = new(tags[i].Name, tags[i].Value);
        }

        return new Measurement<long>(value, list);
    }
}
