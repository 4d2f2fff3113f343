using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.Pipeline;

/// <summary>What deliver and verify share: the document as it goes into its dossier, and what the journal hears of it.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="pause">Holds deliveries back while the store is down.</param>
/// <param name="options">Waits between attempts.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Hears what is filed.</param>
internal sealed class Deliveries(JobStore jobs, StorePause pause, WorkOptions options, TimeProvider time, ILogger log)
{
    /// <summary>A proved document's files.</summary>
    public static async Task<ResultFiles> FilesOf(BorrowedFiles borrowed, JobDocument document, CancellationToken cancellation) => new(
        await borrowed.ResultAsync(document.PdfSha256!, cancellation).ConfigureAwait(false),
        await borrowed.ResultAsync(document.TextSha256!, cancellation).ConfigureAwait(false),
        await borrowed.ResultAsync(document.JsonSha256!, cancellation).ConfigureAwait(false),
        document.CopySha256 is { } copy ? await borrowed.ResultAsync(copy, cancellation).ConfigureAwait(false) : null);

    /// <summary>What a document is called in its dossier.</summary>
    public static string NameOf(NewUnit arrival, int part)
        => ResultName.ForPart(Path.GetFileName(arrival.ResultBase ?? ResultName.FromFullName(arrival.FileName)), part);

    /// <summary>The same at every try.</summary>
    public async Task<(Attachment Attachment, JobDelivery Delivery)> AttachmentAsync(WorkItem item, BorrowedFiles borrowed, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var (document, delivery) = await jobs.DeliveryOfAsync(item, cancellation).ConfigureAwait(false);
        var files = await FilesOf(borrowed, document, cancellation).ConfigureAwait(false);
        var attachment = new Attachment
        {
            Dossier = DossierOf(delivery),
            Key = new DeliveryKey(new DocumentId(document.Id), document.Revision),
            Name = NameOf(unit.Arrival, document.Part),
            Files = new AttachedFiles(
                new AttachedFile(files.Delivered, document.DeliveredSha256!, document.DeliveredBytes!.Value),
                new AttachedFile(files.Text, document.TextSha256!, new FileInfo(files.Text).Length),
                new AttachedFile(files.Json, document.JsonSha256!, new FileInfo(files.Json).Length)),
            Supersedes = delivery.Supersedes,
            Decided = unit.Arrival.ReceivedAt,
        };
        return (attachment, delivery);
    }

    /// <summary>Where a delivery goes.</summary>
    public DossierKey DossierOf(JobDelivery delivery) => DossierKey.Parse(delivery.Dossier!, DateOnly.FromDateTime(time.GetLocalNow().DateTime));

    /// <summary>Writes down how a step ended.</summary>
    public Task RecordAsync(WorkItem item, DeliveryResult result, CancellationToken cancellation)
    {
        pause.Note(result);
        return result.Outcome switch
        {
            DeliveryOutcome.Attached => jobs.AttachedAsync(item, result.Receipt!.ToLine(), cancellation),
            DeliveryOutcome.Verified => FiledAsync(item, cancellation),
            DeliveryOutcome.Uncertain => jobs.UncertainAsync(item, Why(result), cancellation),
            DeliveryOutcome.Conflict => jobs.ConflictAsync(item, Why(result), cancellation),
            DeliveryOutcome.Refused => jobs.DeliveryRefusedAsync(item, Why(result), cancellation),
            _ => LaterAsync(item, result, cancellation),
        };
    }

    private async Task FiledAsync(WorkItem item, CancellationToken cancellation)
    {
        await jobs.VerifiedAsync(item, cancellation).ConfigureAwait(false);
        Log.Filed(log, item.Unit, item.Document!.Value);
    }

    private async Task LaterAsync(WorkItem item, DeliveryResult result, CancellationToken cancellation)
    {
        if (result.IsUntouched && item.Kind == WorkKind.Deliver)
        {
            await jobs.NotSentAsync(item, cancellation).ConfigureAwait(false);
        }

        if (result.Kind is { } kind && kind.StopsTheRun())
        {
            throw new DigitizerException(kind, result.Message);
        }

        var wait = result.RetryAfter ?? (result.IsStoreDown ? pause.Remaining : RetryRule.Wait(item.Attempt, options, Random.Shared.NextDouble()));
        if (result.IsStoreDown || result.IsOnlyWaiting)
        {
            // It is not this document that failed: it keeps its attempt and its place.
            await jobs.PostponeAsync(item, time.GetUtcNow() + wait, Why(result), cancellation).ConfigureAwait(false);
        }
        else
        {
            await jobs.FailAsync(item, Why(result).Kind, result.Message, time.GetUtcNow() + wait, cancellation).ConfigureAwait(false);
        }
    }

    private static Failure Why(DeliveryResult result) => new(result.Kind ?? FailureKind.DossierUnavailable, result.Message);
}

/// <summary>
/// Attaches a document to its dossier. The journal knows before anything is sent, and what may have been
/// sent before is asked for.
/// </summary>
internal sealed class DeliverStep(JobStore jobs, IVault vault, Deliveries deliveries, AttachProtocol protocol, TimeProvider time) : IWorkStep
{
    public WorkKind Kind => WorkKind.Deliver;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        // Whatever keeps it from being put together must not look as if it had been sent.
        using var borrowed = vault.Borrow();
        var (attachment, _) = await deliveries.AttachmentAsync(item, borrowed, cancellation).ConfigureAwait(false);
        var before = await jobs.AttachStartedAsync(item, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.AttachMarked);

        // Until now a person could assign another dossier.
        attachment = attachment with { Dossier = deliveries.DossierOf(before) };
        var mayHaveBeenSent = before.State == DeliveryState.Attaching;
        var result = await protocol.DeliverAsync(attachment, mayHaveBeenSent, time.GetUtcNow() + jobs.ClockAhead - before.ChangedAt, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.AttachAnswered);
        await deliveries.RecordAsync(item, result, cancellation).ConfigureAwait(false);
    }
}

/// <summary>Reads an attached document back; only what is there as it was written counts as delivered.</summary>
internal sealed class VerifyStep(IVault vault, Deliveries deliveries, AttachProtocol protocol) : IWorkStep
{
    public WorkKind Kind => WorkKind.Verify;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var (attachment, delivery) = await deliveries.AttachmentAsync(item, borrowed, cancellation).ConfigureAwait(false);
        var result = await protocol.VerifyAsync(attachment, Receipt.FromLine(delivery.Receipt!), cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.ReadBack);
        await deliveries.RecordAsync(item, result, cancellation).ConfigureAwait(false);
    }
}
