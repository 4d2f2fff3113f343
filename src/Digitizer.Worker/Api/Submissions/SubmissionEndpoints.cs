using System.Globalization;
using System.Net.ServerSentEvents;
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

        // What became of it meanwhile may lie in dossiers that are not this caller's.
        var accounts = await AccountsAsync(answer.Submission, CancellationToken.None);
        var view = ViewOf.Submission(answer.Submission, accounts.ConvertAll(a => context.Caller().MaySee(a) ? a : a with { Documents = [], Deliveries = [] }));
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
        var (began, most, view) = (time.GetTimestamp(), TimeSpan.FromSeconds(wait ?? 0), await ViewAsync(submission, context));
        while ((since is { } known ? view.Version <= known : !ViewOf.IsSettled(view)) && most - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            await service.Feed.WaitAsync(UnitsOf(submission), view.Version, left, context.RequestAborted);
            view = await ViewAsync(submission, context);
        }

        return TypedResults.Ok(view);
    }

    private async Task<ServerSentEventsResult<SubmissionView>> EventsAsync(string id, HttpContext context)
    {
        var submission = await FindAsync(id, context);
        return TypedResults.ServerSentEvents(FollowAsync(submission, await ViewAsync(submission, context), context));
    }

    // Each state once, until nothing changes any more by itself, or it is no more the caller's to see.
    private async IAsyncEnumerable<SseItem<SubmissionView>> FollowAsync(Submission submission, SubmissionView first, HttpContext context)
    {
        var known = -1L;
        for (SubmissionView? view = first; view is not null; view = await TryViewAsync(submission, context))
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

            await service.Feed.WaitAsync(UnitsOf(submission), known, TimeSpan.FromSeconds(LongestWaitSeconds), context.RequestAborted);
        }
    }

    private async Task<Submission> FindAsync(string id, HttpContext context)
        => (UnitId.TryParse(id, out var parsed) ? await service.Jobs.SubmissionAsync(parsed, context.RequestAborted) : null) ?? throw Visibility.NotThere(context.Caller(), isThere: false);

    private async Task<SubmissionView> ViewAsync(Submission submission, HttpContext context)
        => await TryViewAsync(submission, context) ?? throw Visibility.NotThere(context.Caller(), isThere: true);

    // Null: not for this caller, as one of its documents was filed in a dossier that is not the caller's, say.
    private async Task<SubmissionView?> TryViewAsync(Submission submission, HttpContext context)
    {
        var accounts = await AccountsAsync(submission, context.RequestAborted);
        return accounts.TrueForAll(context.Caller().MaySee) ? ViewOf.Submission(submission, accounts) : null;
    }

    private async Task<List<UnitAccount>> AccountsAsync(Submission submission, CancellationToken cancellation)
    {
        var accounts = new List<UnitAccount>();
        foreach (var unit in submission.Units)
        {
            accounts.Add((await service.Jobs.UnitAsync(unit.Id, cancellation))!);
        }

        return accounts;
    }

    private static List<UnitId> UnitsOf(Submission submission) => [.. submission.Units.Select(u => u.Id)];
}
