using System.Text;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Pages → PDF and text in the vault. The PDF is read back from disk before it counts as written. A signed PDF is the document itself.</summary>
internal sealed class AssembleStep(JobStore jobs, IVault vault, DocumentSource source, StateFolder state, DocumentWriter writer, DeliveryCopies copies) : IWorkStep
{
    public WorkKind Kind => WorkKind.Assemble;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var parts = await source.FindAsync(item, borrowed, cancellation).ConfigureAwait(false);
        using var folder = state.CreateUnitFolder();
        var (file, copy) = await WriteAsync(parts, borrowed, folder, cancellation).ConfigureAwait(false);

        using var text = new MemoryStream(Encoding.UTF8.GetBytes(ResultText.Of(parts.Pages.Select(p => p.Text))));
        var keptText = await vault.StoreAsync(text, cancellation).ConfigureAwait(false);
        var keptPdf = await KeepAsync(file, cancellation).ConfigureAwait(false);
        var keptCopy = copy.File is { } small ? await KeepAsync(small, cancellation).ConfigureAwait(false) : null;
        Failpoints.Pass(Failpoint.Assembled);

        // Nobody waits for a document that goes nowhere.
        IReadOnlyList<string> reasons = copy.Report is { IsTooLarge: true } && parts.Dossier is not null ? [nameof(FailureKind.PdfTooLarge)] : [];
        await jobs.AssembleDoneAsync(
            item, new AssembledFiles(keptPdf.Sha256, keptPdf.Bytes, keptText.Sha256, reasons) { CopySha256 = keptCopy?.Sha256, CopyBytes = keptCopy?.Bytes, Sizes = copy.Report }, cancellation).ConfigureAwait(false);
        JournalMetrics.Assembled();
    }

    private async Task<(string File, DeliveryCopy Copy)> WriteAsync(DocumentParts parts, BorrowedFiles borrowed, UnitFolder folder, CancellationToken cancellation)
    {
        if (parts.SealedFile is { } signed)
        {
            var file = await borrowed.OriginalAsync(DocumentSource.OriginalOf(signed), cancellation).ConfigureAwait(false);
            return (file, copies.OfSealed(file));
        }

        var written = await writer.WriteAsync(parts, folder, cancellation).ConfigureAwait(false);
        return (written.File, await copies.MakeAsync(parts, written, folder, cancellation).ConfigureAwait(false));
    }

    private async Task<StoredResult> KeepAsync(string file, CancellationToken cancellation)
    {
        var stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            return await vault.StoreAsync(stream, cancellation).ConfigureAwait(false);
        }
    }
}
