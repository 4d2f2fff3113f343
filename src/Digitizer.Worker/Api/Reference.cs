using System.Text.Json;
using Digitizer.Worker.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Digitizer.Worker.Api;

/// <summary>The description of the API for programs (OpenAPI 3.1) and for people, both from <c>openapi.json</c>. It is open to everybody who reaches the API: there is nothing of anybody in it.</summary>
internal static class Reference
{
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The description, UTF-8.</summary>
    public static byte[] Description { get; } = Read("openapi.json");

    /// <summary>Maps both.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        using var description = JsonDocument.Parse(Description);
        var (page, style) = (ReferencePage.Of(description.RootElement), Read("reference.css"));
        app.MapGet("/openapi.json", () => TypedResults.Bytes(Description, "application/json")).WithMetadata(Needs.Nobody);
        app.MapGet("/reference", (HttpContext context) => Show(context, page)).WithMetadata(Needs.Nobody);
        app.MapGet("/reference.css", () => TypedResults.Bytes(style, "text/css; charset=utf-8")).WithMetadata(Needs.Nobody);
    }

    private static ContentHttpResult Show(HttpContext context, string page)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(page, "text/html; charset=utf-8");
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(Reference).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
