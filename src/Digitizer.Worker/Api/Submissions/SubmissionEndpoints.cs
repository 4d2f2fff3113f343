using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>Submissions: handed in, looked at, waited for.</summary>
/// <param name="service">The house.</param>
/// <param name="desk">Takes them in.</param>
/// <param name="time">For events.</param>
internal sealed class SubmissionEndpoints(ServiceRun service, SubmissionDesk desk, TimeProvider time)
{
    private const int LongestWaitSeconds = 60;

    /// <summary>Maps them below <c>/v1</c>.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/submissions", TakeAsync).WithMetadata(new Needs(Right.Submit, IsUpload: true)).WithName("submit");
        api.MapGet("/submissions/{id}", ShowAsync).WithMetadata(new Needs(Right.Read)).WithName("getSubmission");
        api.MapGet("/submissions/{id}/events", EventsAsync).WithMetadata(new Needs(Right.Read)).WithName("followSubmission");
    }

    private async Task<Accepted<SubmissionView>> TakeAsync(HttpContext context, CancellationToken cancellation)
    {
        var answer = await desk.TakeAsync(context, cancellation);
        if (answer.WasKnown)
        {
            context.Response.Headers["Idempotency-Replayed"] = "true";
        }

        var view = await ViewAsync(answer.Submission, CancellationToken.None);
        return TypedResults.Accepted($"{ApiGate.Root}/submissions/{view.Id}", view);
    }

    /// <param name="id">The submission's.</param>
    /// <param name="wait">Seconds to wait for a change, up to 60.</param>
    /// <param name="since">The version that is known already; waits for a later one. Without it, until the submission is settled.</param>
    /// <param name="context">Who asks.</param>
    private async Task<Ok<SubmissionView>> ShowAsync(string id, int? wait, long? since, HttpContext context)
    {
        if (wait is < 0 or > LongestWaitSeconds)
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"wait is {wait}; write 0 to {LongestWaitSeconds} seconds.");
        }

        var submission = await FindAsync(id, context);
        var (view, until) = (await ViewAsync(submission, context.RequestAborted), time.GetUtcNow() + TimeSpan.FromSeconds(wait ?? 0));
        while (time.GetUtcNow() < until && (since is { } known ? view.Version <= known : !ViewOf.IsSettled(view)))
        {
            await service.Feed.WaitAsync(UnitsOf(submission), view.Version, until - time.GetUtcNow(), context.RequestAborted);
            view = await ViewAsync(submission, context.RequestAborted);
        }

        return TypedResults.Ok(view);
    }

    private async Task<ServerSentEventsResult<SubmissionView>> EventsAsync(string id, HttpContext context)
        => TypedResults.ServerSentEvents(FollowAsync(await FindAsync(id, context), context.RequestAborted));

    // Each state once, until nothing changes any more by itself.
    private async IAsyncEnumerable<SseItem<SubmissionView>> FollowAsync(Submission submission, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var view = await ViewAsync(submission, cancellation);
        for (var known = -1L; ; view = await ViewAsync(submission, cancellation))
        {
            if (view.Version > known)
            {
                known = view.Version;
                yield return new SseItem<SubmissionView>(view, "submission") { EventId = known.ToString(CultureInfo.InvariantCulture) };
            }

            if (ViewOf.IsSettled(view))
            {
                yield break;
            }

            await service.Feed.WaitAsync(UnitsOf(submission), known, TimeSpan.FromSeconds(LongestWaitSeconds), cancellation);
        }
    }

    private async Task<Submission> FindAsync(string id, HttpContext context)
    {
        var caller = context.Caller();
        var found = UnitId.TryParse(id, out var parsed) ? await service.Jobs.SubmissionAsync(parsed, context.RequestAborted) : null;
        return found is not null && found.Units.All(u => caller.MaySee(u.Arrival.Source, u.Arrival.Dossier?.Code)) ? found : throw Visibility.NotThere(caller, found is not null);
    }

    private async Task<SubmissionView> ViewAsync(Submission submission, CancellationToken cancellation)
    {
        var accounts = new List<UnitAccount>();
        foreach (var unit in submission.Units)
        {
            accounts.Add((await service.Jobs.UnitAsync(unit.Id, cancellation))!);
        }

        return ViewOf.Submission(submission, accounts);
    }

    private static List<UnitId> UnitsOf(Submission submission) => [.. submission.Units.Select(u => u.Id)];
}
