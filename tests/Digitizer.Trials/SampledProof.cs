using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Proof;

namespace Digitizer.Trials;

/// <summary>The product's proof for one document in so many; the others are read back by the writer's own check: pages, pictures bit for bit, digest.</summary>
/// <param name="proof">The product's.</param>
/// <param name="every">One in so many.</param>
internal sealed class SampledProof(IPdfProof proof, int every) : IPdfProof
{
    private int count;

    public Task<PdfProven> ProveAsync(string pdfFile, IReadOnlyList<ProofPage> pages, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref count) % every == 0)
        {
            return proof.ProveAsync(pdfFile, pages, cancellation);
        }

        PdfSelfCheck.Check(pdfFile, [.. pages.Select(page => page.Shown.Image)], PdfConformance.PdfA2u, cancellation);
        return Task.FromResult(new PdfProven(0, 0));
    }
}
