using System.Text;
using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Pages → PDF and text in the vault. The PDF is read back from disk before it counts as written.</summary>
internal sealed class AssembleStep(JobStore jobs, LocalVault vault, DocumentSource source, StateFolder state) : IWorkStep
{
    public WorkKind Kind => WorkKind.Assemble;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var parts = await source.FindAsync(item, cancellation).ConfigureAwait(false);
        using var folder = state.CreateUnitFolder();
        var metadata = parts.Metadata;
        var file = folder.Write(".pdf", stream => PdfAssembler.Write(parts.Pages.Select(p => p.Shown), metadata, stream, cancellation));
        PdfSelfCheck.Check(file, [.. parts.Pages.Select(p => p.Shown.Image)], metadata.Conformance, cancellation);

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
