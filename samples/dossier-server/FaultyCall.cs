using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DossierServer;

/// <summary>Puts the failure that was ordered in the way of a call.</summary>
internal sealed partial class FaultyCall(Faults faults, Access access, Archive archive, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var operation = OperationOf(context.Request);
        var fault = operation is null ? null : faults.Take(operation);
        if (fault is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (await RefuseAsync(context, fault).ConfigureAwait(false))
        {
            return;
        }

        await BufferAsync(context.Request).ConfigureAwait(false);
        if (fault.Kind == FaultKind.Late)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time).ConfigureAwait(false);
        }

        // What was begun is ended, whether the caller waits or not.
        context.RequestAborted = CancellationToken.None;
        var reply = await RunAsync(context, next).ConfigureAwait(false);
        if (fault.Kind == FaultKind.Twice)
        {
            context.Request.Body.Position = 0;
            context.Response.Clear();
            reply = await RunAsync(context, next).ConfigureAwait(false);
        }

        await ReplyAsync(context, fault, reply).ConfigureAwait(false);
    }

    private static string? OperationOf(HttpRequest request) => (request.Method, request.Path.Value ?? "") switch
    {
        (_, "/oauth/token" or "/login") => "token",
        ("POST", "/files") => "upload",
        ("PUT", _) => "attach",
        ("POST", var path) when path.EndsWith("/documents", StringComparison.Ordinal) => "attach",
        ("GET", var path) when path.EndsWith("/content", StringComparison.Ordinal) => "content",
        ("GET", var path) when path.StartsWith("/dossiers/", StringComparison.Ordinal) => path.Contains("/documents", StringComparison.Ordinal) ? "find" : "dossier",
        _ => null,
    };

    /// <summary>Failures before anything is done.</summary>
    private async Task<bool> RefuseAsync(HttpContext context, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.ResetBefore:
                await BufferAsync(context.Request).ConfigureAwait(false);
                context.Abort();
                return true;
            case FaultKind.Unauthorized:
                access.EndAll();
                break;
            case FaultKind.TooMany or FaultKind.Busy:
                context.Response.Headers.RetryAfter = fault.RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
            case FaultKind.Redirect:
                context.Response.Headers.Location = "http://elsewhere.invalid/";
                break;
        }

        var status = StatusOf(fault.Kind);
        if (status == 0)
        {
            return false;
        }

        context.Response.StatusCode = status;
        if (fault.Kind == FaultKind.Page)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>Not found</html>").ConfigureAwait(false);
        }

        return true;
    }

    private static int StatusOf(FaultKind kind) => kind switch
    {
        FaultKind.ErrorBefore => 500,
        FaultKind.Conflict => 409,
        FaultKind.Precondition => 412,
        FaultKind.Unauthorized => 401,
        FaultKind.Forbidden => 403,
        FaultKind.TooMany => 429,
        FaultKind.Busy => 503,
        FaultKind.Redirect => 307,
        FaultKind.Page => 404,
        _ => 0,
    };

    private static async Task BufferAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body).ConfigureAwait(false);
        body.Position = 0;
        request.Body = body;
    }

    private static async Task<byte[]> RunAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var reply = new MemoryStream();
        context.Response.Body = reply;
        try
        {
            await next(context).ConfigureAwait(false);
            await context.Response.BodyWriter.FlushAsync().ConfigureAwait(false);
            return reply.ToArray();
        }
        finally
        {
            context.Response.Body = wire;
        }
    }

    private async Task ReplyAsync(HttpContext context, Fault fault, byte[] reply)
    {
        switch (fault.Kind)
        {
            case FaultKind.ResetAfter:
                context.Abort();
                return;
            case FaultKind.ErrorAfter:
                context.Response.Clear();
                context.Response.StatusCode = 500;
                return;
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time).ConfigureAwait(false);
                break;
            case FaultKind.WrongDigest:
                reply = Encoding.UTF8.GetBytes(Digest().Replace(Encoding.UTF8.GetString(reply), "\"" + new string('0', 64) + "\""));
                break;
            case FaultKind.Lose when context.Request.Path.Value!.Split('/') is [_, _, var dossier, _, var id]:
                archive.Lose(dossier, id);
                break;
            case FaultKind.Garbled:
                reply = Encoding.UTF8.GetBytes("<ok>");
                break;
            case FaultKind.Cut:
                context.Response.ContentLength = reply.Length + 10;
                await context.Response.Body.WriteAsync(reply.AsMemory(0, reply.Length / 2)).ConfigureAwait(false);
                await context.Response.Body.FlushAsync().ConfigureAwait(false);
                context.Abort();
                return;
        }

        context.Response.ContentLength = null;
        await context.Response.Body.WriteAsync(reply).ConfigureAwait(false);
    }

    [GeneratedRegex("\"[0-9a-f]{64}\"")]
    private static partial Regex Digest();
}
