using System.Text;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Pages → PDF and text in the vault. The PDF is read back from disk before it counts as written. A signed PDF is the document itself.</summary>
internal sealed class AssembleStep(JobStore jobs, LocalVault vault, DocumentSource source, StateFolder state, DocumentWriter writer) : IWorkStep
{
    public WorkKind Kind => WorkKind.Assemble;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var parts = await source.FindAsync(item, cancellation).ConfigureAwait(false);
        using var folder = state.CreateUnitFolder();
        var file = parts.SealedFile is { } signed ? vault.PathOf(DocumentSource.OriginalOf(signed)) : await writer.WriteAsync(parts, folder, cancellation).ConfigureAwait(false);

        using var text = new MemoryStream(Encoding.UTF8.GetBytes(ResultText.Of(parts.Pages.Select(p => p.Text))));
        var keptText = await vault.StoreAsync(text, cancellation).ConfigureAwait(false);
        var pdf = File.OpenRead(file);
        await using (pdf.ConfigureAwait(false))
        {
            var keptPdf = await vault.StoreAsync(pdf, cancellation).ConfigureAwait(false);
            Failpoints.Pass(Failpoint.Assembled);
            await jobs.AssembleDoneAsync(item, new AssembledFiles(keptPdf.Sha256, keptPdf.Bytes, keptText.Sha256, []), cancellation).ConfigureAwait(false);
            JournalMetrics.Assembled();
        }
    }
}
