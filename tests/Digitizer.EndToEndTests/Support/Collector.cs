using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Takes what is sent by OTLP, and keeps the bytes as they came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = [];

    private Collector(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/{signal}", KeepAsync);
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", KeepCallAsync);
    }

    public string Address => app.Urls.Single();

    /// <param name="isGrpc">True: calls over HTTP/2; false: posts over HTTP/1.1.</param>
    public static async Task<Collector> StartAsync(bool isGrpc = false)
    {
        var collector = new Collector(isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All that came of one signal: metrics, traces or logs.</summary>
    public byte[] Of(string signal) => [.. received.Where(r => r.Signal == signal).SelectMany(r => r.Body)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // An empty message in its frame of five bytes, and the status behind it.
    private async Task<IResult> KeepCallAsync(string signal, HttpContext context)
    {
        await KeepAsync(signal == "trace" ? "traces" : signal, context);
        context.Response.AppendTrailer("grpc-status", "0");
        return TypedResults.Bytes(new byte[5], "application/grpc");
    }

    // Said by an empty message: all of it was taken.
    private async Task<IResult> KeepAsync(string signal, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        received.Enqueue((signal, body.ToArray()));
        return TypedResults.Bytes([], "application/x-protobuf");
    }
}
