using System.Text;
using Digitizer.Assembly;
using Digitizer.Assembly.Check;
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
        var document = await source.FindAsync(item, cancellation).ConfigureAwait(false);
        var pages = await source.PagesAsync(document, cancellation).ConfigureAwait(false);
        using var folder = state.CreateUnitFolder();
        var metadata = DocumentSource.Metadata(document);
        var pdf = folder.Write(".pdf", stream => PdfAssembler.Write(pages.Select(p => p.Shown), metadata, stream, cancellation));
        PdfSelfCheck.Check(pdf, [.. pages.Select(p => p.Shown.Image)], metadata.Conformance, cancellation);
        var bytes = new FileInfo(pdf).Length;
        var text = folder.Write(".txt", stream => stream.Write(Encoding.UTF8.GetBytes(ResultText.Of(pages.Select(p => p.Text)))));

        var written = new AssembledFiles(
            await vault.KeepAsync(pdf, cancellation).ConfigureAwait(false), bytes, await vault.KeepAsync(text, cancellation).ConfigureAwait(false), []);
        await jobs.AssembleDoneAsync(item, written, cancellation).ConfigureAwait(false);
    }
}
