using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Intake.Submissions;
using Digitizer.Service;
using Digitizer.Telemetry;
using Digitizer.Worker.Api.Access;
using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>Lets a submission in: who, where to, under which key; then the files; then one answer.</summary>
/// <param name="service">The house.</param>
/// <param name="options">The sources.</param>
/// <param name="time">For the day in dossier codes.</param>
internal sealed class SubmissionDesk(ServiceRun service, ApiOptions options, TimeProvider time)
{
    /// <summary>Name of the header with the caller's key for a submission.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 255;

    private readonly SubmissionReader reader = new(service.Submissions);

    /// <summary>Takes one in.</summary>
    /// <exception cref="DigitizerException">Why not; nothing of it is kept.</exception>
    /// <exception cref="NotForCallerException">The source or the dossier is not this caller's.</exception>
    public async Task<SubmissionAnswer> TakeAsync(HttpContext context, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var caller = context.Caller();
        var key = KeyOf(context.Request);
        if (service.IsBusy)
        {
            throw new DigitizerException(FailureKind.Busy, "Too much waits to be read; nothing more is taken in for the moment. Send it again later, with the same key.");
        }

        if (service.IsStorageLow)
        {
            throw new DigitizerException(FailureKind.StorageLow, "The disk of the server is nearly full; nothing more is taken in. Send it again later, with the same key.");
        }

        using var underWay = service.Submissions.Begin(caller.Id, key);
        using var received = await reader.ReadAsync(context.Request, cancellation);
        var request = RequestOf(caller, key, received);
        using var trace = Traces.Acceptance(request.Source);
        var answer = await service.Submissions.AcceptAsync(request, received.Files, cancellation);
        trace?.SetTag("digitizer.submission", answer.Submission.Id.ToString()).End(answer.WasKnown ? "known" : "accepted");
        if (!answer.WasKnown)
        {
            IntakeMetrics.Accepted(request.Source, time.GetElapsedTime(began));
        }

        return answer;
    }

    private SubmissionRequest RequestOf(Caller caller, string key, ReceivedSubmission received)
    {
        var source = SourceOf(caller, received.Field("source"));
        var manifest = received.Manifest is { } sent ? Manifest.Parse(sent.Name, sent.Bytes) : null;
        var dossier = received.Field("dossier") is { } code ? DossierKey.Parse(code, Today) : null;
        var named = (manifest?.Files.Select(f => f.DossierCode).OfType<string>().Distinct() ?? []).Select(c => DossierKey.Parse(c, Today).Code).Concat(dossier is null ? [] : [dossier.Code]);
        return !named.All(caller.MayName) ? throw new NotForCallerException() : new SubmissionRequest
        {
            Source = source.Name,
            Caller = caller.Id,
            Key = key,
            Dossier = dossier,
            Profile = KnownProfile(manifest?.Profile) ?? KnownProfile(received.Field("profile")),
            SourceProfile = source.Profile,
            Priority = source.Priority,
            Manifest = manifest,
        };
    }

    private ApiSourceOptions SourceOf(Caller caller, string? name)
    {
        var open = options.Sources.Where(s => caller.MaySubmitTo(s.Name)).ToList();
        if (name is null)
        {
            return open.Count == 1 ? open[0]
                : open.Count == 0 ? throw new NotForCallerException()
                : throw new DigitizerException(FailureKind.SourceUnknown, $"The submission names no source. Name one of {string.Join(", ", open.Select(s => s.Name))}.");
        }

        // Who may not submit to it is not told whether it is there.
        return open.Find(s => s.Name == name) ?? (caller.MaySubmitTo(name)
            ? throw new DigitizerException(FailureKind.SourceUnknown, $"There is no source {ShownName.Escape(name)}. Name one of {string.Join(", ", open.Select(s => s.Name))}.")
            : throw new NotForCallerException());
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    private static string? KnownProfile(string? name) => name is null || Profiles.Known.Contains(name, StringComparer.Ordinal)
        ? name
        : throw new DigitizerException(FailureKind.ProfileUnknown, $"There is no profile {ShownName.Escape(name)}. Name one of {string.Join(", ", Profiles.Known)}, or none.");

    // As a structured string (draft-ietf-httpapi-idempotency-key-header) or as it is.
    private static string KeyOf(HttpRequest request)
        => request.Headers[KeyHeader].ToString().Trim() is { Length: > 0 and <= LongestKey } key
            ? key.Length > 2 && key[0] == '"' && key[^1] == '"' ? key[1..^1] : key
            : throw new DigitizerException(FailureKind.IdempotencyKeyMissing, $"The request has no {KeyHeader}, or one of more than {LongestKey} characters. Choose one for each submission, a UUID say, and send the same with every try of it.");
}
