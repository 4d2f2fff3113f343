using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Access;

/// <summary>Stands before everything of the API: nobody comes to an endpoint who is not known and allowed.</summary>
/// <remarks>
/// 1. Only the API's connections lead to the API, and to nothing else. 2. Other machines wait until somebody could be let
/// in at all. 3. Who is it? 4. Addresses that guess wait. 5. Is it too fast? 6. May it do this? 7. Are its uploads too many?
/// Refusals have no body: whoever is not let in learns nothing.
/// </remarks>
internal sealed class ApiGate : IDisposable
{
    /// <summary>Where the API lies.</summary>
    public const string Root = "/v1";

    // Of bodies that are no uploads: questions and decisions.
    private const long SmallBody = 1 << 20;

    private const long ChunkRoom = 1 << 16;

    private readonly Identification identification;
    private readonly GuessGuard guesses;
    private readonly CallerPace pace = new();
    private readonly ForwardedHeadersOptions forwarded;
    private readonly ILogger log;

    private ApiGate(Identification identification, GuessGuard guesses, ForwardedHeadersOptions forwarded, ILogger log)
        => (this.identification, this.guesses, this.forwarded, this.log) = (identification, guesses, forwarded, log);

    /// <summary>Builds it.</summary>
    /// <param name="options">As they were checked.</param>
    /// <param name="state">The service's state folder, where its keys are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Who was refused, and what cannot be read.</param>
    /// <param name="network">How public keys are fetched; null: as it is meant.</param>
    public static ApiGate Create(ApiAccessOptions options, string state, TimeProvider time, ILogger log, HttpMessageHandler? network = null)
    {
        ITokenKeys? keys = options.Tokens switch
        {
            { KeysFile: { } file } => new TokenKeysFile(file, time, log),
            { KeysAddress: { } address } => new TokenKeysAddress(new Uri(address), network ?? TokenKeysAddress.Network(), time, log),
            _ => null,
        };
        var tokens = keys is null ? null : new TokenCheck(options.Tokens!, keys, time);
        var identification = new Identification(new KeyRing(ApiKeyFile.In(state), time, log), tokens);
        if (!identification.CanLetIn)
        {
            AccessLog.NobodyYet(log);
        }

        return new ApiGate(identification, new GuessGuard(time), Forwarded(options.Proxies), log);
    }

    /// <summary>Puts it before all that is mapped; to be called before other middleware.</summary>
    public void PutBefore(WebApplication app)
    {
        if (forwarded.KnownProxies.Count > 0)
        {
            app.UseWhen(context => context.IsOfApi(), api => api.UseForwardedHeaders(forwarded));
        }

        app.Use(InvokeAsync);
    }

    public void Dispose()
    {
        identification.Dispose();
        pace.Dispose();
    }

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // 1.
        var (needs, isOfApi) = (context.GetEndpoint()?.Metadata.GetMetadata<Needs>(), context.IsOfApi());
        if (!isOfApi)
        {
            await (needs is null && !context.Request.Path.StartsWithSegments(Root) ? next(context) : Refuse(context, StatusCodes.Status404NotFound));
            return;
        }

        ApiHeaders.Set(context.Response.Headers);
        try
        {
            await LetInAsync(context, needs, next);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // What nobody below has answered: a body that is too large or broken, or a fault of ours, whose details are for the log.
            Fail(context, (e as BadHttpRequestException)?.StatusCode ?? Fault(e));
        }
    }

    private async Task LetInAsync(HttpContext context, Needs? needs, RequestDelegate next)
    {
        // 2.
        var address = context.Connection.RemoteIpAddress;
        if (!IsThisMachine(address) && !identification.CanLetIn)
        {
            await Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        if (ReferenceEquals(needs, Needs.Nobody))
        {
            await next(context);
            return;
        }

        if (needs is null && !context.Request.Path.StartsWithSegments(Root))
        {
            // Something of another address of this service, or nothing.
            await Refuse(context, StatusCodes.Status404NotFound);
            return;
        }

        // 3.
        var identified = await identification.IdentifyAsync(context.Request);
        await (identified.Caller is { } caller ? LetInAsync(context, needs, caller, next) : NotKnown(context, identified, address));
    }

    private async Task LetInAsync(HttpContext context, Needs? needs, Caller caller, RequestDelegate next)
    {
        // 5.
        if (pace.Call(caller) is { } wait)
        {
            AccessLog.TooMany(log, caller.Id, "calls a minute");
            await RefuseFor(context, wait);
            return;
        }

        // 6. What routing itself answers (no such method, no such type) is no endpoint of ours and tells nothing.
        if (needs is null)
        {
            await (context.GetEndpoint() is RouteEndpoint undeclared ? Undeclared(context, undeclared) : next(context));
            return;
        }

        if ((caller.Grant.Rights & needs.Right) != needs.Right)
        {
            AccessLog.NotAllowed(log, caller.Id, needs.Right);
            await Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        // 7.
        context.Features.Set(caller);
        LimitBody(context, needs.IsUpload ? caller.Grant.Limits.UploadBytes : SmallBody);
        await (needs.IsUpload ? UploadAsync(context, caller, next) : next(context));
    }

    private async Task UploadAsync(HttpContext context, Caller caller, RequestDelegate next)
    {
        using var turn = pace.Upload(caller);
        if (turn.IsAcquired)
        {
            await next(context);
            return;
        }

        AccessLog.TooMany(log, caller.Id, "uploads at a time");
        await RefuseFor(context, TimeSpan.Zero);
    }

    private Task NotKnown(HttpContext context, Identified identified, IPAddress? address)
    {
        // 4. Whoever is known is let in from there all the same: one bad neighbour is not to stop a whole office.
        if (guesses.Remaining(address) is { } left)
        {
            return RefuseFor(context, left);
        }

        if (identified.Why != WhyUnknown.NothingBrought)
        {
            // Programs that ask first without anything guess nothing.
            var shown = address?.ToString() ?? "";
            AccessLog.NotKnown(log, shown, identified.Why, identified.About);
            if (guesses.Failed(address))
            {
                AccessLog.Guesses(log, shown, GuessGuard.MaxFailures);
            }
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refuse(context, StatusCodes.Status401Unauthorized);
    }

    private Task Undeclared(HttpContext context, RouteEndpoint endpoint)
    {
        AccessLog.Undeclared(log, endpoint.DisplayName);
        return Refuse(context, StatusCodes.Status403Forbidden);
    }

    private int Fault(Exception fault)
    {
        AccessLog.Fault(log, Failures.Fault.Of(fault));
        return StatusCodes.Status500InternalServerError;
    }

    private static void Fail(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        ApiHeaders.Set(context.Response.Headers);
        context.Response.StatusCode = status;
    }

    private static Task RefuseFor(HttpContext context, TimeSpan time)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Refuse(context, StatusCodes.Status429TooManyRequests);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void LimitBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            // Where the size is not said, the server counts what stands around the chunks too.
            body.MaxRequestBodySize = context.Request.ContentLength is null ? bytes + (bytes / 16) + ChunkRoom : bytes;
        }
    }

    private static bool IsThisMachine(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = proxies.Count };

        // By default everybody on this machine would be believed.
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        return options;
    }
}
