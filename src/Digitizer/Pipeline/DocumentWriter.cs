using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.PageWorkers;
using Digitizer.Programs;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Writes a document's PDF and reads it back from disk. Pages of PDFs that are shown as they came are taken out of these by a page-worker.</summary>
/// <param name="workers">Take pages out of PDFs.</param>
/// <param name="linearizer">Rearranges long files.</param>
internal sealed class DocumentWriter(PageWorkerPool workers, Linearizer linearizer)
{
    private const string Plain = ".pdf";

    /// <summary>Writes it.</summary>
    /// <param name="parts">Its pages.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The file.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable, PdfCheckFailed, or why pages cannot be taken over.</exception>
    public async Task<string> WriteAsync(DocumentParts parts, UnitFolder folder, CancellationToken cancellation)
    {
        var taken = await TakeAsync(parts, folder, cancellation).ConfigureAwait(false);
        var file = await WriteAsync(parts, folder, PdfConformance.PdfA2u, taken, cancellation).ConfigureAwait(false);
        if (taken.Count == 0 || (await workers.CheckConformanceAsync(file, cancellation).ConfigureAwait(false)).Count == 0)
        {
            return file;
        }

        // What others wrote may be no PDF/A whatever is done around it: it is not called so then.
        File.Delete(folder.Document(Plain));
        return await WriteAsync(parts, folder, PdfConformance.Pdf17, taken, cancellation).ConfigureAwait(false);
    }

    private async Task<string> WriteAsync(DocumentParts parts, UnitFolder folder, PdfConformance conformance, Dictionary<string, FormBundle> taken, CancellationToken cancellation)
    {
        var file = Write(parts, folder, parts.Metadata with { Conformance = conformance }, taken, cancellation);
        if (new FileInfo(file).Length < Linearizer.WorthwhileFrom)
        {
            return file;
        }

        var linearized = folder.Document("-linearized.pdf");
        await linearizer.WriteAsync(file, parts.Pages.Count, linearized, cancellation).ConfigureAwait(false);
        return linearized;
    }

    private static string Write(DocumentParts parts, UnitFolder folder, PdfMetadata metadata, Dictionary<string, FormBundle> taken, CancellationToken cancellation)
    {
        var file = folder.Write(Plain, stream => PdfAssembler.Write(parts.Pages.Select(p => p.Shown), metadata, stream, cancellation, taken));
        PdfSelfCheck.Check(file, [.. parts.Pages.Select(p => p.Shown.Image)], metadata.Conformance, cancellation);
        return file;
    }

    private async Task<Dictionary<string, FormBundle>> TakeAsync(DocumentParts parts, UnitFolder folder, CancellationToken cancellation)
    {
        var taken = new Dictionary<string, FormBundle>(StringComparer.Ordinal);
        var next = 1;
        foreach (var source in parts.Pages.Select(p => p.Shown).Where(p => p.Image?.Form is not null).GroupBy(p => p.ImageFile!, StringComparer.Ordinal))
        {
            var request = new ExportRequest([.. source.Select(p => p.Image!.Form!.Index).Distinct()], next);
            var bundle = await workers.ExportAsync(source.Key, request, folder.Document(FormattableString.Invariant($"-forms-{next}.bin")), cancellation).ConfigureAwait(false);
            taken.Add(source.Key, bundle);
            next = bundle.Next;
        }

        return taken;
    }
}
