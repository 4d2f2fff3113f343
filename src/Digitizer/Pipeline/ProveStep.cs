using Digitizer.Jobs;
using Digitizer.Proof;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>
/// Has an independent reader compare the PDF with its pages, writes the result file, and publishes. What
/// is published twice, because the journal did not hear of the first time, is the same bytes under the same names.
/// </summary>
internal sealed class ProveStep(JobStore jobs, LocalVault vault, DocumentSource source, PdfProof proof, ResultPublisher publisher) : IWorkStep
{
    public WorkKind Kind => WorkKind.Prove;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var document = await source.FindAsync(item, cancellation).ConfigureAwait(false);
        var pages = await source.PagesAsync(document, cancellation).ConfigureAwait(false);
        var pdf = vault.ResultPath(document.Document.PdfSha256!);
        var proved = await proof.ProveAsync(pdf, pages, cancellation).ConfigureAwait(false);

        var result = new DocumentResultBuilder(Facts(document, new ProofResult(proved.PagesCompared, proved.WorstDifference), source.Engine)).Build([.. pages]);
        var json = await vault.StoreAsync(new MemoryStream(ResultJson.ToBytes(result)), cancellation).ConfigureAwait(false);
        var kept = new ResultFiles(pdf, vault.ResultPath(document.Document.TextSha256!), vault.ResultPath(json.Sha256));
        await publisher.PublishAsync(document.Arrival, document.Document.Part, result, kept, cancellation).ConfigureAwait(false);
        await jobs.ProveDoneAsync(item, proved.PagesCompared, proved.WorstDifference, json.Sha256, cancellation).ConfigureAwait(false);
    }

    private static DocumentFacts Facts(DocumentAndUnit document, ProofResult proof, EngineInfoOfPages engine) => throw new NotImplementedException();
}
