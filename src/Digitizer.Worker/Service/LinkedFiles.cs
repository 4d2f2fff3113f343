using Digitizer.Dossiers;
using Digitizer.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Digitizer.Worker.Service;

/// <summary>Gives a dossier system the files that a signed address names, on a port where there is nothing else.</summary>
/// <param name="service">Has the files.</param>
/// <param name="links">Checks addresses.</param>
/// <param name="port">The port.</param>
internal sealed class LinkedFiles(ServiceRun service, FileLinks links, int port)
{
    /// <summary>The route.</summary>
    public const string Route = "/files/{document}/{revision}/{kind}";

    /// <summary>Keeps files and everything else apart: on this port nothing but files, on others no files.</summary>
    public async Task SeparateAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Connection.LocalPort == port == context.Request.Path.StartsWithSegments("/files", StringComparison.Ordinal))
        {
            await next(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>The file, or 404 whatever is wrong with the address.</summary>
    public async Task<Results<PhysicalFileHttpResult, NotFound>> GiveAsync(HttpContext context, string document, string revision, string kind, string? expires, string? signature)
    {
        if (links.Check(document, revision, kind, expires, signature) is not { } file
            || await service.Jobs.DocumentAsync(file.Key.Document.Value, file.Key.Revision, context.RequestAborted) is not { } found
            || DigestOf(file.Kind, found) is not { } sha256)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(await service.BorrowForAsync(sha256, context), TypeOf(file.Kind), $"{file.Key.Document}.{file.Kind}");
    }

    private static string? DigestOf(string kind, Jobs.JobDocument document) => kind switch
    {
        "pdf" => document.DeliveredSha256,
        "txt" => document.TextSha256,
        _ => document.JsonSha256,
    };

    private static string TypeOf(string kind) => kind switch
    {
        "pdf" => "application/pdf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/json",
    };
}
