using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DossierServer;

/// <summary>The server as a whole.</summary>
internal static class DossierApp
{
    /// <summary>Puts it together; not started yet.</summary>
    public static WebApplication Create(ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1L << 30);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = null;
            json.SerializerOptions.PropertyNameCaseInsensitive = true;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        builder.Services
            .AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton(new Archive(options.Data)).AddSingleton<Access>()
            .AddSingleton<Faults>().AddSingleton<FaultyCall>().AddSingleton<HttpClient>().AddSingleton<Documents>();
        var app = builder.Build();
        app.Use((context, next) => context.RequestServices.GetRequiredService<FaultyCall>().InvokeAsync(context, next));
        app.Use(CheckAccessAsync);
        Map(app);
        return app;
    }

    private static async Task CheckAccessAsync(HttpContext context, RequestDelegate next)
    {
        var isOpen = context.Request.Path.Value is "/oauth/token" or "/login" or "/" || context.Request.Path.StartsWithSegments("/admin", StringComparison.Ordinal);
        if (isOpen || context.RequestServices.GetRequiredService<Access>().IsAllowed(context.Request))
        {
            await next(context).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = 401;
        }
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", (Archive archive) => Results.Text($"Sample dossier system. Documents taken: {archive.Applied.Count}\n"));
        app.MapPost("/oauth/token", (HttpRequest request, Access access) => access.TokenAsync(request));
        app.MapPost("/login", (HttpRequest request, Access access) => access.LoginAsync(request));
        app.MapPost("/files", (HttpRequest request, Documents documents) => documents.UploadAsync(request, request.HttpContext.RequestAborted));
        app.MapGet("/dossiers/{dossier}", (string dossier, Documents documents) => documents.GetDossier(dossier));
        app.MapPut("/dossiers/{dossier}/documents/{id}", (string dossier, string id, HttpRequest request, Documents documents) => documents.PutAsync(dossier, id, request, request.HttpContext.RequestAborted));
        app.MapPost("/dossiers/{dossier}/documents", (string dossier, HttpRequest request, Documents documents) => documents.PostAsync(dossier, request, request.HttpContext.RequestAborted));
        app.MapGet("/dossiers/{dossier}/documents", (string dossier, string key, Documents documents) => documents.GetByKey(dossier, key));
        app.MapGet("/dossiers/{dossier}/documents/{id}", (string dossier, string id, Documents documents) => documents.Get(dossier, id));
        app.MapGet("/dossiers/{dossier}/documents/{id}/content", (string dossier, string id, Documents documents) => documents.Content(dossier, id));
        app.MapGet("/admin/applied", (Archive archive) => Results.Json(archive.Applied));
        app.MapGet("/admin/calls", (Faults faults) => Results.Json(faults.Calls));
        app.MapPost("/admin/faults", (Fault[] ordered, Faults faults) => faults.Order(ordered));
        app.MapDelete("/admin/faults", (Faults faults) => faults.Clear());
    }
}
