using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Service;

/// <summary>Health pages on a loopback address, and control over a socket that only the service's user can open.</summary>
internal static class ServiceHost
{
    /// <summary>Name of the control socket in the state folder.</summary>
    public const string Socket = "control.sock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Starts both.</summary>
    public static async Task<WebApplication> StartAsync(ServiceRun service, ServiceOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var socket = Path.Combine(Path.GetFullPath(options.State), Socket);
        File.Delete(socket);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        if (options.Health is { } address)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(EndpointOf(address)));
        }

        var app = builder.Build();
        var desk = new JobsDesk(service.Jobs, service.Wake, time, service.Retention);
        app.MapGet("/health/live", () => TypedResults.Ok());
        app.MapGet("/health/ready", (CancellationToken stop) => HealthAsync(service, stop));
        app.MapPost("/jobs", (HttpContext context, CancellationToken stop) => AnswerAsync(desk, context, stop));
        await app.StartAsync(cancellation);
        File.SetUnixFileMode(socket, OwnerOnly);
        return app;
    }

    private static System.Net.IPEndPoint EndpointOf(string address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true } && System.Net.IPAddress.TryParse(uri.Host, out var host)
            ? new System.Net.IPEndPoint(host, uri.Port)
            : throw new DigitizerException(FailureKind.ConfigurationInvalid, $"Service:Health is {ShownName.Escape(address)}; write a loopback address such as http://127.0.0.1:8480.");

    private static async Task<JsonHttpResult<HealthReport>> HealthAsync(ServiceRun service, CancellationToken cancellation)
    {
        var backlog = await service.Jobs.BacklogAsync(cancellation);
        var alerts = service.Alerts.Active.Select(alert => $"{alert.Kind} {alert.Message}")
            .Concat(service.Folders.SelectMany(folder => folder.Alerts).Select(alert => $"{alert.Source}: {alert.Kind} {alert.Message}")).ToList();
        var report = new HealthReport(alerts.Count == 0 ? "ready" : "alerts", backlog.Waiting.Values.Sum(), backlog.Running.Values.Sum(), backlog.Oldest, service.Vault.FreeBytes, alerts);
        return TypedResults.Json(report, ControlJson.Options);
    }

    private static async Task<IResult> AnswerAsync(JobsDesk desk, HttpContext context, CancellationToken cancellation)
    {
        // Connections over the socket have no address; others see health only.
        if (context.Connection.RemoteIpAddress is not null)
        {
            return TypedResults.NotFound();
        }

        try
        {
            var request = await JsonSerializer.DeserializeAsync<JobsRequest>(context.Request.Body, ControlJson.Options, cancellation);
            return TypedResults.Text(ControlJson.Of(await desk.AnswerAsync(request!, cancellation)), "application/json");
        }
        catch (DigitizerException e)
        {
            return Refusal(e.Kind, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Refusal(FailureKind.Internal, $"A fault of the program: {e.GetType().Name}: {ShownName.Escape(e.Message)}. Report it with what was asked.");
        }
    }

    private static ContentHttpResult Refusal(FailureKind kind, string message) => TypedResults.Text(ControlJson.Of(new JobsReply(Done: message, Kind: kind)), "application/json");

    private sealed record HealthReport(string State, long Waiting, long Running, DateTimeOffset? Oldest, long FreeBytes, IReadOnlyList<string> Alerts);
}
