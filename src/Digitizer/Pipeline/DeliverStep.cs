using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>
/// Attaches a document to its dossier. The journal knows before anything is sent; the store knows the
/// document by its id, so that whatever is sent twice is there once.
/// </summary>
internal sealed class DeliverStep(JobStore jobs, LocalVault vault, FolderDossierStore store, TimeProvider time) : IWorkStep
{
    public WorkKind Kind => WorkKind.Deliver;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var document = (await jobs.DocumentAsync(item.Document!.Value, item.Revision, cancellation).ConfigureAwait(false))!;
        var delivery = await jobs.AttachStartedAsync(item, cancellation).ConfigureAwait(false);
        var dossier = DossierKey.Parse(delivery.Dossier!, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        try
        {
            var kept = FilesOf(vault, document);
            var result = ResultJson.Read(await File.ReadAllBytesAsync(kept.Json, cancellation).ConfigureAwait(false));
            var filed = store.Attach(dossier, NameOf(unit.Arrival, document), kept, result, delivery.Supersedes);
            await jobs.AttachedAsync(item, filed.Folder, cancellation).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.DossierConflict)
        {
            await jobs.ConflictAsync(item, Failure.From(e), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A document's files in the vault.</summary>
    public static ResultFiles FilesOf(LocalVault vault, JobDocument document)
        => new(vault.ResultPath(document.PdfSha256!), vault.ResultPath(document.TextSha256!), vault.ResultPath(document.JsonSha256!));

    private static string NameOf(NewUnit arrival, JobDocument document)
        => ResultName.ForPart(Path.GetFileName(arrival.ResultBase ?? ResultName.FromFullName(arrival.FileName)), document.Part);
}

/// <summary>Reads an attached document back; only what is there as it was written counts as delivered.</summary>
internal sealed class VerifyStep(JobStore jobs) : IWorkStep
{
    public WorkKind Kind => WorkKind.Verify;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var delivery = (await jobs.DeliveryOfAsync(item.Document!.Value, item.Revision, cancellation).ConfigureAwait(false))!;
        if (FolderDossierStore.Holds(delivery.Receipt!, delivery.Sha256!))
        {
            await jobs.VerifiedAsync(item, cancellation).ConfigureAwait(false);
        }
        else
        {
            var why = new Failure(FailureKind.DossierConflict, $"What dossier {delivery.Dossier} holds in {ShownName.Escape(delivery.Receipt!)} is not what was filed. Compare it with the vault's, and mend the dossier.");
            await jobs.ConflictAsync(item, why, cancellation).ConfigureAwait(false);
        }
    }
}
