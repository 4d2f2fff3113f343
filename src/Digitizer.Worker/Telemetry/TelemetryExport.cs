using Digitizer.Service;
using Digitizer.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Digitizer.Worker.Telemetry;

/// <summary>Sends what is measured to an OpenTelemetry collector, if the configuration names one.</summary>
/// <remarks>
/// Only the product's own meters, activities and logs are sent. Those of the libraries below it name addresses, and the address of
/// a dossier holds its code. A collector that does not answer costs memory up to a bound, and nothing else: what it misses is lost.
/// </remarks>
internal sealed class TelemetryExport : IDisposable
{
    // A collector that hangs must not keep the service from ending.
    private const int PatienceMilliseconds = 3000;

    private readonly MeterProvider? metrics;
    private readonly TracerProvider? traces;

    private TelemetryExport(MeterProvider? metrics, TracerProvider? traces) => (this.metrics, this.traces) = (metrics, traces);

    /// <summary>Begins to listen; what is left is sent when it is disposed.</summary>
    public static TelemetryExport Start(TelemetryOptions options) => new(
        options is { Endpoint: not null, Metrics: true } ? Metrics(options) : null,
        options is { Endpoint: not null, Traces: true } ? Traces(options) : null);

    /// <summary>Has the log sent, too.</summary>
    public static void AddLogs(ILoggingBuilder logging, TelemetryOptions options)
    {
        if (options is not { Endpoint: not null, Logs: true })
        {
            return;
        }

        logging.AddFilter<OpenTelemetryLoggerProvider>((category, _) => category?.StartsWith(Meters.Name, StringComparison.Ordinal) == true);
        logging.AddOpenTelemetry(sender =>
        {
            sender.IncludeFormattedMessage = true;
            sender.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), options));
            sender.AddOtlpExporter(exporter => Address(exporter, options, "logs"));
        });
    }

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
    }

    private static MeterProvider Metrics(TelemetryOptions options) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => Describe(resource, options))
        .AddMeter(Meters.Name)
        .AddOtlpExporter((exporter, reader) =>
        {
            Address(exporter, options, "metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.MetricsEverySeconds * 1000;
        })
        .Build();

    private static TracerProvider Traces(TelemetryOptions options) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => Describe(resource, options))
        .AddSource(Meters.Name)
        .AddOtlpExporter(exporter => Address(exporter, options, "traces"))
        .Build();

    private static ResourceBuilder Describe(ResourceBuilder resource, TelemetryOptions options)
        => resource.AddService(options.ServiceName, serviceVersion: Product.Version);

    // An address given to the exporter in code is taken as it is: over HTTP each signal has a path of its own.
    private static void Address(OtlpExporterOptions exporter, TelemetryOptions options, string signal)
    {
        var isHttp = options.Protocol == TelemetryOptions.HttpProtobuf;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{options.Endpoint!.TrimEnd('/')}/v1/{signal}") : new Uri(options.Endpoint!);
        exporter.TimeoutMilliseconds = PatienceMilliseconds;
    }
}
