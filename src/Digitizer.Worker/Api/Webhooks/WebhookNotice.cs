using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Digitizer.Jobs;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>The body of a webhook's request.</summary>
internal sealed record WebhookNotice
{
    /// <summary>Its own, the same at every try.</summary>
    public required string Id { get; init; }

    public required string Event { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Unit { get; init; }

    /// <summary>The submission that the unit came in; null: it came by another way.</summary>
    public string? Submission { get; init; }

    public required string Source { get; init; }

    public string? Document { get; init; }

    public int? Revision { get; init; }

    /// <summary>Code of the dossier; null: none, or one that is only proposed.</summary>
    public string? Dossier { get; init; }

    /// <summary>What the unit, document or delivery became.</summary>
    public required string State { get; init; }

    /// <summary>Name of a failure kind.</summary>
    public string? Failure { get; init; }

    /// <summary>The notice about a line of the history.</summary>
    /// <param name="jobs">Has what the line does not.</param>
    /// <param name="webhook">Whom it is for.</param>
    /// <param name="line">The line.</param>
    /// <param name="what">What it says.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    public static async Task<WebhookNotice> ReadAsync(JobStore jobs, string webhook, HistoryLine line, WebhookEvent what, JobUnit unit, CancellationToken cancellation)
    {
        var claim = unit.Arrival.Dossier;
        if (line.Document is { } document)
        {
            claim = (await jobs.DocumentAsync(document, line.Revision, cancellation))?.Dossier;
        }

        return new WebhookNotice
        {
            Id = IdOf(webhook, line),
            Event = what.Name,
            At = line.At,
            Unit = unit.Id.ToString(),
            Submission = unit.SubmissionId?.ToString(),
            Source = unit.Arrival.Source,
            Document = line.Document?.ToString("D"),
            Revision = line.Document is null ? null : line.Revision,
            Dossier = claim is { Confirmed: true } ? claim.Code : null,
            State = what.State,
            Failure = line.Failure?.Kind.ToString(),
        };
    }

    // With its time: a journal that was made anew counts its lines from 1 again.
    private static string IdOf(string webhook, HistoryLine line) => string.Create(CultureInfo.InvariantCulture, $"{webhook}-{line.Id}-{line.At.ToUnixTimeMilliseconds()}");

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, WebhookJson.Default.WebhookNotice);
}

/// <summary>Generated serializer of notices.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookNotice))]
internal sealed partial class WebhookJson : JsonSerializerContext;
