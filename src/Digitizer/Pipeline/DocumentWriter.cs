using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.PageWorkers;
using Digitizer.Programs;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>A document's PDF.</summary>
/// <param name="File">The file.</param>
/// <param name="Conformance">What it was written as.</param>
/// <param name="Taken">Pages of PDFs in it that are shown as they came, by file.</param>
internal sealed record WrittenDocument(string File, PdfConformance Conformance, IReadOnlyDictionary<string, FormBundle> Taken);

/// <summary>Writes a document's PDF and reads it back from disk. Pages of PDFs that are shown as they came are taken out of these by a page-worker.</summary>
/// <param name="workers">Take pages out of PDFs.</param>
/// <param name="linearizer">Rearranges long files.</param>
internal sealed class DocumentWriter(PageWorkerPool workers, Linearizer linearizer)
{
    private const string Plain = ".pdf";
    private const string Copy = "-copy.pdf";

    /// <summary>Writes it.</summary>
    /// <param name="parts">Its pages.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DigitizerException">OutputNotWritable, PdfCheckFailed, or why pages cannot be taken over.</exception>
    public async Task<WrittenDocument> WriteAsync(DocumentParts parts, UnitFolder folder, CancellationToken cancellation)
    {
        var taken = await TakeAsync(parts, folder, cancellation).ConfigureAwait(false);
        var pages = parts.Pages.Select(page => page.Shown).ToList();
        var metadata = parts.Metadata;
        var file = await WriteAsync(pages, metadata, folder, Plain, taken, cancellation).ConfigureAwait(false);
        if (taken.Count == 0 || (await workers.CheckConformanceAsync(file, cancellation).ConfigureAwait(false)).Count == 0)
        {
            return new WrittenDocument(file, metadata.Conformance, taken);
        }

        // What others wrote may be no PDF/A whatever is done around it: it is not called so then.
        File.Delete(folder.Document(Plain));
        var plain = metadata with { Conformance = PdfConformance.Pdf17 };
        return new WrittenDocument(await WriteAsync(pages, plain, folder, Plain, taken, cancellation).ConfigureAwait(false), plain.Conformance, taken);
    }

    /// <summary>Writes a copy with other pictures on some pages.</summary>
    /// <param name="parts">The document's pages.</param>
    /// <param name="written">The document itself.</param>
    /// <param name="renditions">The pictures, by the page's place in the document, from 0.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The file.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable, PdfCheckFailed.</exception>
    public Task<string> WriteCopyAsync(DocumentParts parts, WrittenDocument written, IReadOnlyDictionary<int, Rendition> renditions, UnitFolder folder, CancellationToken cancellation)
        => WriteAsync(
            [.. parts.Pages.Select((page, i) => page.Shown with { Rendition = renditions.GetValueOrDefault(i) })], parts.Metadata with { Conformance = written.Conformance }, folder, Copy, written.Taken, cancellation);

    private async Task<string> WriteAsync(List<ShownPage> pages, PdfMetadata metadata, UnitFolder folder, string name, IReadOnlyDictionary<string, FormBundle> taken, CancellationToken cancellation)
    {
        var file = folder.Write(name, stream => PdfAssembler.Write(pages, metadata, stream, cancellation, taken));
        PdfSelfCheck.Check(file, [.. pages.Select(page => page.Rendition?.Image ?? page.Image)], metadata.Conformance, cancellation);
        if (new FileInfo(file).Length < Linearizer.WorthwhileFrom)
        {
            return file;
        }

        var linearized = folder.Document("-linearized" + name);
        await linearizer.WriteAsync(file, pages.Count, linearized, cancellation).ConfigureAwait(false);
        return linearized;
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
