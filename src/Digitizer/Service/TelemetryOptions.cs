using System.ComponentModel.DataAnnotations;

namespace Digitizer.Service;

/// <summary>Where traces, metrics and logs go, section <c>Service:Telemetry</c>; docs/telemetry.md lists what is in them.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Remote procedure calls over HTTP/2, the collector's port 4317.</summary>
    public const string Grpc = "grpc";

    /// <summary>Posts over HTTP, the collector's port 4318.</summary>
    public const string HttpProtobuf = "http/protobuf";

    /// <summary>Address of an OpenTelemetry collector; null: nothing is measured and nothing sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string Protocol { get; set; } = Grpc;

    /// <summary>What the service is called there.</summary>
    [Required]
    public string ServiceName { get; set; } = "digitizer";

    /// <summary>Sends a trace for each step of each unit.</summary>
    public bool Traces { get; set; } = true;

    /// <summary>Sends metrics.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Sends what the log says, besides writing it to standard error.</summary>
    public bool Logs { get; set; } = true;

    /// <summary>Time between two sets of metrics, in seconds.</summary>
    [Range(1, 3600)]
    public int MetricsEverySeconds { get; set; } = 60;

    /// <summary>What is wrong with it besides its ranges; all of it.</summary>
    public IEnumerable<string> Problems()
    {
        if (Endpoint is not null && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return "Service:Telemetry:Endpoint is no address; write for instance http://127.0.0.1:4317.";
        }
        else if (Endpoint is not null && new Uri(Endpoint) is var known && known.UserInfo.Length + known.Query.Length > 0)
        {
            yield return "Service:Telemetry:Endpoint holds credentials or a query; send credentials as headers, by the variable OTEL_EXPORTER_OTLP_HEADERS.";
        }

        if (Protocol is not (Grpc or HttpProtobuf))
        {
            yield return $"Service:Telemetry:Protocol is neither {Grpc} nor {HttpProtobuf}.";
        }
    }
}
