using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Submissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api;

/// <summary>Puts the HTTP API into the service's web host.</summary>
/// <param name="options">As they were checked.</param>
/// <param name="kestrel">ASP.NET's own section, which may name endpoints with certificates.</param>
internal sealed class ApiHost(ApiOptions options, IConfigurationSection kestrel) : IDisposable
{
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);
    private const int MaxHeaderBytes = 32 << 10;
    private const int MaxConnections = 4000;

    private ApiGate? gate;

    /// <summary>Names of what systems may submit to.</summary>
    public IReadOnlyList<string> Sources => [.. options.Sources.Select(s => s.Name)];

    /// <summary>The API of a configuration; null: it has none.</summary>
    public static ApiHost? Of(ServiceOptions service, IConfiguration configuration)
        => service.Api?.Exists() == true ? new ApiHost(ApiAccessCheck.OptionsOf(service.Api), configuration.GetSection("Kestrel")) : null;

    /// <summary>Listens, with limits that callers cannot move.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;

            // Never pasted into HTML: names may be read as they are.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            Limit(server.Limits);
            if (kestrel.GetSection("Endpoints").Exists())
            {
                server.ListenForApi(kestrel);
            }
            else
            {
                server.Listen(ApiCheck.EndpointOf(options.Listen)!, listen => listen.MarkAsApi());
            }
        });
    }

    /// <summary>Maps everything below <c>/v1</c>, behind the gate.</summary>
    public void Map(WebApplication app, ServiceRun service, JobsDesk jobs, string state, TimeProvider time, ILogger log)
    {
        gate = ApiGate.Create(options, state, time, log);
        gate.PutBefore(app);
        app.UseStatusCodePages(ApiProblem.ExplainAsync);
        var api = app.MapGroup(ApiGate.Root).AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        new SubmissionEndpoints(service, new SubmissionDesk(service, options, time), time).Map(api);
        new UnitEndpoints(service, jobs).Map(api);
        new DocumentEndpoints(service, jobs, time).Map(api);
        if (options.Reference)
        {
            Reference.Map(app);
        }
    }

    public void Dispose() => gate?.Dispose();

    private static void Limit(KestrelServerLimits limits)
    {
        limits.RequestHeadersTimeout = HeaderTimeout;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
