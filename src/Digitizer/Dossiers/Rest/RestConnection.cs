using Digitizer.Failures;
using Digitizer.Network;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Digitizer.Dossiers.Rest;

/// <summary>Calls a dossier system: credentials, time-outs, repeats of what may be repeated, and a breaker for all.</summary>
internal sealed class RestConnection : IDisposable
{
    private static readonly ResiliencePropertyKey<RestRequest> Request = new("request");

    // A wish beyond this is for the journal, not for a caller that holds a claim.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker client;
    private readonly RestExchange exchange;
    private readonly RestAccess access;
    private readonly RestAnswers answers;
    private readonly ILogger log;
    private readonly ResiliencePipeline<RestReply> once;
    private readonly ResiliencePipeline<RestReply> repeated;

    public RestConnection(RestDossierOptions options, RestAnswers answers, TimeProvider time, ILogger log)
    {
        var address = new Uri(options.Address);
        var login = new Uri(address, options.Access.Address);
        client = new HttpMessageInvoker(Outbound.CreateHandler([address, login], RestTls.Create(options.TrustedRootsFile), options.CallTimeout));
        exchange = new RestExchange(client, time);
        access = new RestAccess(options.Access, address, exchange, options.CallTimeout, time);
        this.answers = answers;
        this.log = log;
        once = Once(options, time).Build();
        repeated = Repeated(options, time).Build();
    }

    /// <summary>Makes a call.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the call may have been made.</exception>
    public async Task<RestReply> CallAsync(RestRequest request, CancellationToken cancellation)
    {
        var reply = request is { MayRepeat: true }
            ? await repeated.ExecuteAsync(async stop => await TryAsync(request, stop).ConfigureAwait(false), cancellation).ConfigureAwait(false)
            : await TryAsync(request, cancellation).ConfigureAwait(false);
        if (reply is RestReply.Answer answer)
        {
            Log.Answered(log, request.Method, answer.Status);
        }
        else
        {
            Log.NotAnswered(log, request.Method, reply is RestReply.NotSent);
        }

        return reply;
    }

    public void Dispose()
    {
        access.Dispose();
        client.Dispose();
    }

    /// <summary>One try; a second one if who we are was not accepted and can be renewed: nothing was done then.</summary>
    private async Task<RestReply> TryAsync(RestRequest request, CancellationToken cancellation)
    {
        try
        {
            var credential = await access.GetAsync(cancellation).ConfigureAwait(false);
            var reply = await SendAsync(request, credential, cancellation).ConfigureAwait(false);
            if (!credential.CanRenew || reply is not RestReply.Answer answer || answers.Meaning(answer) != RestMeaning.NoAccess)
            {
                return reply;
            }

            access.Forget(credential);
            credential = await access.GetAsync(cancellation).ConfigureAwait(false);
            return await SendAsync(request, credential, cancellation).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.DossierUnavailable)
        {
            return new RestReply.NotSent(e.Message);
        }
    }

    private async Task<RestReply> SendAsync(RestRequest request, RestCredential credential, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Request, request);
        using var message = request.Create(credential.Session);
        if (credential.Header is { } header)
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        var body = WatchedContent.Watch(message);
        try
        {
            return await once.ExecuteAsync(
                async c => await exchange.SendAsync(message, request.WantsContent, c.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return body is { WasBegun: false } ? new RestReply.NotSent("It did not take the request in time.") : new RestReply.Lost("No answer in time.");
        }
        catch (BrokenCircuitException e)
        {
            return new RestReply.NotSent("It failed several times and is left alone for a while.", e.RetryAfter);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>True for what says that the system is not well.</summary>
    private static bool IsIll(RestReply reply) => reply is RestReply.NotSent or RestReply.Lost or RestReply.Answer { Status: 408 or 429 or >= 500 };

    private static ResiliencePipelineBuilder<RestReply> Once(RestDossierOptions options, TimeProvider time)
        => new ResiliencePipelineBuilder<RestReply> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<RestReply>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 6,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDurationGenerator = e => ValueTask.FromResult(TimeSpan.FromTicks(Math.Min(StorePause.Longest.Ticks, options.BreakDuration.Ticks << Math.Min(e.HalfOpenAttempts, 10)))),
                ShouldHandle = e => ValueTask.FromResult(e.Outcome.Exception is TimeoutRejectedException || (e.Outcome.Result is { } reply && IsIll(reply))),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = e => ValueTask.FromResult(e.Context.Properties.TryGetValue(Request, out var request) ? request.Timeout : options.CallTimeout),
            });

    private static ResiliencePipelineBuilder<RestReply> Repeated(RestDossierOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<RestReply> { TimeProvider = time };
        return options.Repeats == 0 ? builder : builder.AddRetry(new RetryStrategyOptions<RestReply>
        {
            MaxRetryAttempts = options.Repeats,
            Delay = options.RepeatDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = e => ValueTask.FromResult(e.Outcome.Result is { } reply && IsIll(reply) && !(Wish(reply) > LongestWait)),
            DelayGenerator = e => ValueTask.FromResult(Wish(e.Outcome.Result)),
        });
    }

    private static TimeSpan? Wish(RestReply? reply) => reply switch
    {
        RestReply.Answer answer => answer.RetryAfter,
        RestReply.NotSent none => none.RetryAfter,
        _ => null,
    };
}
