using Digitizer.Conformance;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>
/// Has an independent reader compare the PDF with its pages, writes the result file, and publishes. What
/// is published twice, because the journal did not hear of the first time, is the same bytes under the same names.
/// </summary>
internal sealed class ProveStep(JobStore jobs, IVault vault, DocumentSource source, IPdfProof proof, PageWorkerPool workers, ResultPublisher publisher) : IWorkStep
{
    // Where a file says that it is PDF/A (ISO 19005-2).
    private const string Claim = "6.6.4";

    public WorkKind Kind => WorkKind.Prove;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var parts = await source.FindAsync(item, borrowed, cancellation).ConfigureAwait(false);
        var pdf = await borrowed.ResultAsync(parts.Document.PdfSha256!, cancellation).ConfigureAwait(false);
        var asReceived = parts.SealedFile is not null;
        var proven = await ProveAsync(pdf, parts.ToProve, cancellation).ConfigureAwait(false);
        var findings = parts.HasForms && !asReceived ? await workers.CheckConformanceAsync(pdf, cancellation).ConfigureAwait(false) : [];

        // That it makes no claim is what follows from the others.
        findings = findings.All(f => f.Clause == Claim) ? findings : [.. findings.Where(f => f.Clause != Claim)];
        Failpoints.Pass(Failpoint.Proved);

        var worst = Rounding.Share(proven.WorstDifference);
        var result = new DocumentResultBuilder(Facts(parts, Pdf(parts, asReceived, findings, new ProofResult(proven.PagesCompared, worst)))).Build(parts.Pages);
        using var json = new MemoryStream(ResultJson.ToBytes(result));
        var kept = await vault.StoreAsync(json, cancellation).ConfigureAwait(false);
        var files = await Deliveries.FilesOf(borrowed, parts.Document with { JsonSha256 = kept.Sha256 }, cancellation).ConfigureAwait(false);
        await publisher.PublishAsync(parts.Unit.Arrival, parts.Document.Part, result, files, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.Published);
        await jobs.ProveDoneAsync(item, proven.PagesCompared, worst, kept.Sha256, cancellation).ConfigureAwait(false);
    }

    private async Task<PdfProven> ProveAsync(string pdf, IReadOnlyList<ProofPage> pages, CancellationToken cancellation)
    {
        try
        {
            var proven = await proof.ProveAsync(pdf, pages, cancellation).ConfigureAwait(false);
            PipelineMetrics.Proved(passed: true);
            return proven;
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.ProofFailed)
        {
            PipelineMetrics.Proved(passed: false);
            throw;
        }
    }

    private static PdfResult Pdf(DocumentParts parts, bool asReceived, IReadOnlyList<PdfAFinding> findings, ProofResult proof) => new(
        Deliveries.NameOf(parts.Unit.Arrival, parts.Document.Part) + ".pdf",
        parts.Document.PdfSha256!,
        parts.Document.PdfBytes!.Value,
        asReceived ? "as-received" : findings.Count == 0 ? "PDF/A-2u" : "PDF-1.7",
        proof)
    {
        NotArchival = findings.Count == 0 ? null : [.. findings.Select(f => f.ToString())],
    };

    private static CopyResult? Copy(DocumentParts parts) => parts.Document is { CopySha256: { } sha256, CopyBytes: { } bytes, Sizes: { } sizes }
        ? new CopyResult(CopyResult.ForDelivery, Deliveries.NameOf(parts.Unit.Arrival, parts.Document.Part) + CopyResult.Extension, sha256, bytes, [.. sizes.Smaller.Select(page => new CopiedPage(page.Page, page.Dpi, page.Quality, page.Bytes))])
        : null;

    private static DocumentFacts Facts(DocumentParts parts, PdfResult pdf) => new()
    {
        Unit = parts.Unit.Id.ToString(),
        Document = parts.Document.Id.ToString("D"),
        Revision = parts.Document.Revision,
        Sources = [.. parts.Files.Select(file => new SourceOfPage(file.FileName, file.Sha256))],
        Reasons = parts.Document.Reasons,
        Dossier = parts.DossierResult,
        Pdf = pdf,
        Copy = Copy(parts),
        Rules = parts.Document.Sizes is { } sizes ? [.. SizeRules.Of(sizes.Smaller.Count, sizes.PagesTooLarge, sizes.IsTooLarge)] : [],
        Engine = parts.Engine,
    };
}
