using System.Net;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Service;
using Digitizer.Worker.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Service;

/// <summary>Health pages, control over a socket that only the service's user can open, files for dossier systems that fetch them.</summary>
internal static class ServiceHost
{
    /// <summary>Name of the control socket in the state folder.</summary>
    public const string Socket = "control.sock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Starts both.</summary>
    /// <param name="service">The house.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="api">The HTTP API; null: there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For the API.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<WebApplication> StartAsync(ServiceRun service, ServiceOptions options, ApiHost? api, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var socket = Path.Combine(Path.GetFullPath(options.State), Socket);
        File.Delete(socket);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        if (options.Health is { } address)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(EndpointOf("Service:Health", address)));
        }

        var files = FilesOf(service, options, time, builder);
        api?.Configure(builder);
        var app = builder.Build();
        var desk = new JobsDesk(service.Jobs, service.Wake, time, service.Retention);
        api?.Map(app, service, desk, options.State, time, log);
        if (files is not null)
        {
            app.Use(files.SeparateAsync);
            app.MapGet(LinkedFiles.Route, files.GiveAsync);
        }

        app.MapGet("/health/live", () => TypedResults.Ok());
        app.MapGet("/health/ready", new HealthPage(service).AnswerAsync);
        app.MapPost("/jobs", (HttpContext context, CancellationToken stop) => AnswerAsync(desk, context, stop));
        await app.StartAsync(cancellation);
        File.SetUnixFileMode(socket, OwnerOnly);
        return app;
    }

    private static LinkedFiles? FilesOf(ServiceRun service, ServiceOptions options, TimeProvider time, WebApplicationBuilder builder)
    {
        if (DossierStores.Links(options, time) is not { } links)
        {
            return null;
        }

        var endpoint = EndpointOf("Service:DossierSystem:Links:Listen", options.DossierSystem!.Links.Listen);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endpoint));
        return new LinkedFiles(service, links, endpoint.Port);
    }

    private static IPEndPoint EndpointOf(string setting, string address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == "http" && IPAddress.TryParse(uri.Host, out var host)
            ? new IPEndPoint(host, uri.Port)
            : throw new DigitizerException(FailureKind.ConfigurationInvalid, $"{setting} is {ShownName.Escape(address)}; write an IP address and a port such as http://127.0.0.1:8480.");

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
}
