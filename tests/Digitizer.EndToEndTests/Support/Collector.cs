using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Takes what is sent by OTLP over HTTP, and keeps the bytes as they came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = [];

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/{signal}", KeepAsync);
    }

    public string Address => app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All that came of one signal: metrics, traces or logs.</summary>
    public byte[] Of(string signal) => [.. received.Where(r => r.Signal == signal).SelectMany(r => r.Body)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // Said by an empty message: all of it was taken.
    private async Task<IResult> KeepAsync(string signal, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        received.Enqueue((signal, body.ToArray()));
        return TypedResults.Bytes([], "application/x-protobuf");
    }
}
