using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Results;

namespace Digitizer.Pipeline;

/// <summary>Puts results of a source under their names in the place that its results go to, if it has one.</summary>
/// <param name="places">By the name of the source.</param>
internal sealed class ResultPublisher(IReadOnlyDictionary<string, IResultPlace> places)
{
    /// <summary>Writes PDF, text and result file; a second time the same bytes under the same names.</summary>
    /// <param name="arrival">The unit's.</param>
    /// <param name="part">The document's, from 1.</param>
    /// <param name="result">What the result file says.</param>
    /// <param name="kept">The files in the vault.</param>
    /// <param name="cancellation">Only before the first file.</param>
    /// <returns>Null where the source has no such place, or one that is no folder.</returns>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable, NameUnusable, StorageUnavailable or StorageDenied.</exception>
    public async Task<ResultFiles?> PublishAsync(NewUnit arrival, int part, DocumentResult result, ResultFiles kept, CancellationToken cancellation)
        => arrival.ResultBase is { } name && places.TryGetValue(arrival.Source, out var place)
            ? await place.PublishAsync(ResultName.ForPart(name, part), result, kept, cancellation).ConfigureAwait(false)
            : null;
}
