using Digitizer.Failures;

namespace Digitizer.Proof;

/// <summary>Says whether a written PDF is what was scanned and read.</summary>
internal interface IPdfProof
{
    /// <summary>Proves a file.</summary>
    /// <param name="pdfFile">Absolute path of the written PDF; not changed.</param>
    /// <param name="pages">What its pages must be, in order.</param>
    /// <param name="cancellation">Ends the proof without a verdict.</param>
    /// <exception cref="DigitizerException">ProofFailed, naming the page and what differs; EngineMissing or ConfinementUnavailable.</exception>
    Task<PdfProven> ProveAsync(string pdfFile, IReadOnlyList<ProofPage> pages, CancellationToken cancellation);
}
