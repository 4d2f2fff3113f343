using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Digitizer.Worker.Service;

/// <summary>Says how the service stands: 200 while it takes files in, alarms or not; 503 while it cannot.</summary>
/// <param name="service">The service.</param>
internal sealed class HealthPage(ServiceRun service)
{
    /// <summary>The page. Names of files stand in it over the control socket only, which nobody but the service's user can open.</summary>
    public async Task<JsonHttpResult<HealthReport>> AnswerAsync(HttpContext context, CancellationToken cancellation)
    {
        var (backlog, refusals) = (await BacklogAsync(cancellation), service.Refusals.ToList());
        if (backlog is null)
        {
            refusals.Add(nameof(FailureKind.JournalUnavailable));
        }

        var mayNameFiles = context.Connection.RemoteIpAddress is null;
        var alerts = service.Alerts.Active.Select(alert => $"{alert.Kind} {alert.Message}")
            .Concat(service.Folders.SelectMany(folder => folder.Alerts).Concat(service.BlobQueues.SelectMany(queue => queue.Alerts)).Select(alert => Line(alert, mayNameFiles))).ToList();
        var report = new HealthReport(
            refusals.Count > 0 ? "not-ready" : alerts.Count > 0 ? "alerts" : "ready", refusals,
            backlog?.Waiting.Values.Sum(), backlog?.Running.Values.Sum(), backlog?.Oldest, FreeBytes(), alerts);
        return TypedResults.Json(report, ControlJson.Options, statusCode: refusals.Count > 0 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private async Task<Backlog?> BacklogAsync(CancellationToken cancellation)
    {
        try
        {
            return await service.Jobs.BacklogAsync(cancellation);
        }
        catch (Exception e) when (e is DigitizerException or ObjectDisposedException)
        {
            // It is lost, or closed: the service is about to end.
            return null;
        }
    }

    private long? FreeBytes()
    {
        try
        {
            return service.Spool.FreeBytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Line(FolderAlert alert, bool mayNameFiles) => mayNameFiles
        ? $"{alert.Source}: {alert.Kind} {(alert.Entry.Length > 0 ? alert.Entry + ": " : "")}{alert.Message}{(alert.Detail is { } detail ? $" ({detail})" : "")}"
        : $"{alert.Source}: {alert.Kind} {alert.Message}";
}

/// <summary>How the service stands.</summary>
/// <param name="State">ready; alerts: it takes files in, and somebody should look; not-ready.</param>
/// <param name="Refusals">Why nothing can be taken in.</param>
/// <param name="Waiting">Pieces of work that wait; null: the journal does not answer.</param>
/// <param name="Running">Pieces of work under way.</param>
/// <param name="Oldest">Since when the oldest of them is there.</param>
/// <param name="FreeBytes">On the vault's disk; null: it does not answer.</param>
/// <param name="Alerts">What stands, a line each.</param>
internal sealed record HealthReport(
    string State, IReadOnlyList<string> Refusals, long? Waiting, long? Running, DateTimeOffset? Oldest, long? FreeBytes, IReadOnlyList<string> Alerts);
