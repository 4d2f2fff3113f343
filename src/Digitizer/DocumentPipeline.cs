using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer;

/// <summary>Takes one file all the way: from bytes that nobody vouches for to a searchable PDF in its dossier.</summary>
/// <remarks>
/// <para>1. Admit: size, first bytes, SHA-256, id.</para>
/// <para>2. Inspect: a page-worker says which pages the file holds.</para>
/// <para>3. Read: page-workers decode, clean and read the pages, as many at a time as there are workers.</para>
/// <para>4. Make sure that the file is still the one that was hashed.</para>
/// <para>5. Assemble the PDF from the pictures as they came and the words.</para>
/// <para>6. Self-check: read the PDF back from disk.</para>
/// <para>7. Write PDF, text and result file under their names.</para>
/// <para>8. File it in its dossier, unless a person must look first.</para>
/// A failure in 1, 2, 4–7 ends the unit; in 3 it costs the page its text and the document a review.
/// </remarks>
internal sealed class DocumentPipeline(
    Admission admission, PageWorkerPool workers, PageWorkerOptions workerOptions, PipelineTarget target, EngineInfo engine, IBatchObserver observer)
{
    /// <summary>Runs the steps.</summary>
    /// <exception cref="DigitizerException">Why the unit got no results.</exception>
    public async Task<UnitOutcome> RunAsync(InputFile source, CancellationToken cancellation)
    {
        // 1.
        var identity = await admission.AdmitAsync(source, cancellation).ConfigureAwait(false);

        // 2.
        var contents = await workers.InspectAsync(source.FullPath, cancellation).ConfigureAwait(false);
        observer.PagesFound(contents.Frames.Count);

        // 3.
        using var folder = target.Output.CreateUnitFolder();
        var pages = await ReadAsync(source, contents, folder, cancellation).ConfigureAwait(false);

        RefuseIfNothingShows(pages);

        // 4.
        Admission.EnsureUnchanged(source, identity);

        // 5. and 6.
        var pdf = Assemble(source, pages, folder, cancellation);

        // 7.
        var builder = new DocumentResultBuilder(source, identity, engine, target.Dossier);
        var (files, result) = await target.Results.PublishAsync(
            source.ResultBase, folder, ResultText.Of(pages.Select(p => p.Text)), builder.Build(pages, pdf), cancellation).ConfigureAwait(false);

        // 8.
        var outcome = new UnitOutcome(source.Shown) { FullPath = source.FullPath, Files = files, Document = DocumentSummary.Of(result, pages) };
        return await AttachAsync(outcome, result, cancellation).ConfigureAwait(false);
    }

    private async Task<ReadPage[]> ReadAsync(InputFile source, UnitContents contents, UnitFolder folder, CancellationToken cancellation)
    {
        var pages = new ReadPage[contents.Frames.Count];
        var together = new ParallelOptions { MaxDegreeOfParallelism = workerOptions.Workers, CancellationToken = cancellation };
        await Parallel.ForEachAsync(contents.Frames, together, async (frame, stop) =>
        {
            var imageFile = folder.PageImage(frame.Index);
            var attempts = await workers.ReadAsync(source.FullPath, frame.Index, imageFile, stop).ConfigureAwait(false);
            var page = new ReadPage(frame, attempts, ImageFileOf(source, frame, attempts, imageFile));
            pages[frame.Index] = page;
            target.Record(source, page);
            observer.PageDone();
        }).ConfigureAwait(false);

        // Ctrl-C reaches page-workers too: a page must not count as unreadable because they ended with the run.
        cancellation.ThrowIfCancellationRequested();
        return pages;
    }

    /// <summary>A document of crossed-out pages only would pretend that there is something to see.</summary>
    private static void RefuseIfNothingShows(ReadPage[] pages)
    {
        if (Array.TrueForAll(pages, page => page.Shown.Image is null) && Array.Find(pages, page => page.Attempts.Failure is not null) is { } failed)
        {
            throw failed.Attempts.Failure!;
        }
    }

    private static string? ImageFileOf(InputFile source, FrameInfo frame, PageAttempts attempts, string imageFile)
        => (attempts.Result?.Image ?? frame.Image) switch
        {
            null => null,
            { IsSourceFile: true } => source.FullPath,
            _ => imageFile,
        };

    private PdfResult Assemble(InputFile source, ReadPage[] pages, UnitFolder folder, CancellationToken cancellation)
    {
        var metadata = new PdfMetadata
        {
            Title = Path.GetFileNameWithoutExtension(source.Name) is { Length: > 0 } stem ? ShownName.Escape(stem) : ShownName.Escape(source.Name),
            CreatorTool = Product.NameAndVersion,
            DossierCode = target.Dossier?.Code,
        };
        var file = folder.Write(".pdf", stream => PdfAssembler.Write(pages.Select(p => p.Shown), metadata, stream, cancellation));
        PdfSelfCheck.Check(file, [.. pages.Select(p => p.Shown.Image)], metadata.Conformance, cancellation);
        return new PdfResult(Path.GetFileName(file), FileDigest.OfFile(file), new FileInfo(file).Length, "PDF/A-2u");
    }

    private async Task<UnitOutcome> AttachAsync(UnitOutcome outcome, DocumentResult result, CancellationToken cancellation)
    {
        if (target is not { Dossier: { } dossier, Dossiers: { } store } || !outcome.Document!.IsReady)
        {
            return outcome;
        }

        var attachment = FiledDocument.Attachment(dossier, outcome.Files!, result);
        var delivery = AttachRule.AfterSending(await store.AttachAsync(attachment, cancellation).ConfigureAwait(false), attachment, store.Capabilities);
        return delivery switch
        {
            { Receipt.Location: { } folder } => outcome with { Filed = new FiledDocument(folder, delivery.WasThere) },
            { Kind: FailureKind.DossierConflict or FailureKind.DossierRefused } => outcome with { Refusal = new Refusal(outcome.Source, delivery.Kind.Value, delivery.Message) },
            _ => throw new DigitizerException(FailureKind.OutputNotWritable, delivery.Message),
        };
    }
}
