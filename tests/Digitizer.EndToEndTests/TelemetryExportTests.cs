using System.Diagnostics.Metrics;
using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Service;
using Digitizer.Telemetry;
using Digitizer.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests;

public sealed class TelemetryExportTests
{
    private static readonly string[] Signals = ["metrics", "traces", "logs"];

    [Theory]
    [InlineData(TelemetryOptions.Grpc)]
    [InlineData(TelemetryOptions.HttpProtobuf)]
    public async Task What_is_left_at_the_end_reaches_the_collector_by_either_protocol(string protocol)
    {
        await using var collector = await Collector.StartAsync(isGrpc: protocol == TelemetryOptions.Grpc);
        Send(new TelemetryOptions { Endpoint = collector.Address, Protocol = protocol, ServiceName = "mot-cua" });

        Assert.All(Signals, signal => Assert.True(Has(collector, signal, "mot-cua") && Has(collector, signal, "something"), signal));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_sent()
    {
        await using var collector = await Collector.StartAsync();
        Send(new TelemetryOptions { Endpoint = collector.Address, Protocol = TelemetryOptions.HttpProtobuf, Traces = false, Logs = false });

        Assert.Equal([true, false, false], Signals.Select(signal => collector.Of(signal).Length > 0));
    }

    // What libraries measure and log names addresses.
    [Fact]
    public async Task Nothing_but_what_the_product_itself_says_is_sent()
    {
        await using var collector = await Collector.StartAsync();
        Send(new TelemetryOptions { Endpoint = collector.Address, Protocol = TelemetryOptions.HttpProtobuf }, name: "System.Net.Http");

        Assert.All(Signals, signal => Assert.False(Has(collector, signal, "something"), signal));
    }

    [Fact]
    public void A_collector_that_nobody_runs_does_no_harm()
        => Send(new TelemetryOptions { Endpoint = ServiceUnderTest.FreeAddress(), Protocol = TelemetryOptions.HttpProtobuf });

    private static void Send(TelemetryOptions options, string name = Meters.Name)
    {
        using var meter = new Meter(name);
        using var source = new System.Diagnostics.ActivitySource(name);
        using var telemetry = TelemetryExport.Start(options);
        using var logs = LoggerFactory.Create(logging => TelemetryExport.AddLogs(logging, options));
        meter.CreateCounter<long>("something").Add(1);
        source.StartActivity("something")?.Dispose();
        LeakLog.Leak(logs.CreateLogger(name), "something");
    }

    private static bool Has(Collector collector, string signal, string text) => collector.Of(signal).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
