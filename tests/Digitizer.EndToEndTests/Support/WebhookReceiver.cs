using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Support;

/// <summary>A system on loopback that is told what happens.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Told> requests = [];

    private WebhookReceiver(WebApplication app) => this.app = app;

    /// <summary>Where it is told.</summary>
    public string Address => app.Urls.First() + "/hook";

    /// <summary>How it answers; 204 unless a test says otherwise.</summary>
    public Func<Told, HttpContext, Task> Answer { get; set; } = Takes;

    /// <summary>All that came, in order.</summary>
    public IReadOnlyList<Told> Requests => [.. requests];

    /// <summary>What it took, in order.</summary>
    public IReadOnlyList<Told> Taken => [.. requests.Where(r => r.Status is >= 200 and < 300)];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.HearAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public static Task Takes(Told told, HttpContext context) => Says(StatusCodes.Status204NoContent)(told, context);

    /// <summary>Answers with a status.</summary>
    public static Func<Told, HttpContext, Task> Says(int status) => (_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Never answers.</summary>
    public static Task Hangs(Told told, HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HearAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var told = new Told(context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        requests.Enqueue(told);
        await Answer(told, context);
        told.Status = context.Response.StatusCode;
    }
}

/// <summary>A request to a receiver.</summary>
internal sealed record Told(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What was answered; 0: nothing yet.</summary>
    public volatile int Status;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    public string Event => Json.GetProperty("event").GetString()!;

    public string Unit => Json.GetProperty("unit").GetString()!;

    /// <summary>The line of the history that it tells of.</summary>
    public long Line => long.Parse(Id.Split('-')[^2], CultureInfo.InvariantCulture);

    /// <summary>For messages of failed assertions.</summary>
    public override string ToString() => $"{Status} {Encoding.UTF8.GetString(Body)}";
}
