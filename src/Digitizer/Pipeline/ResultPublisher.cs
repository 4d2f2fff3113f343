using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Results;

namespace Digitizer.Pipeline;

/// <summary>Puts results of a source under their names in the folder that its results go to, if it has one.</summary>
/// <param name="folders">By the name of the source.</param>
internal sealed class ResultPublisher(IReadOnlyDictionary<string, ResultFolder> folders)
{
    /// <summary>Writes PDF, text and result file; a second time the same bytes under the same names.</summary>
    /// <param name="arrival">The unit's.</param>
    /// <param name="part">The document's, from 1.</param>
    /// <param name="result">What the result file says.</param>
    /// <param name="kept">The files in the vault.</param>
    /// <param name="cancellation">Only before the first file.</param>
    /// <returns>Null where the source has no such folder.</returns>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable or NameUnusable.</exception>
    public async Task<ResultFiles?> PublishAsync(NewUnit arrival, int part, DocumentResult result, ResultFiles kept, CancellationToken cancellation)
        => arrival.ResultBase is { } name && folders.TryGetValue(arrival.Source, out var folder)
            ? await folder.PublishAsync(ResultName.ForPart(name, part), result, kept, cancellation).ConfigureAwait(false)
            : null;
}
