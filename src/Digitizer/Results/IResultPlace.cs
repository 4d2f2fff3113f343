namespace Digitizer.Results;

/// <summary>A place that finished documents are put in.</summary>
internal interface IResultPlace
{
    /// <summary>Writes the files, unless they are there; a second time the same bytes under the same names.</summary>
    /// <param name="resultBase">Wanted name in the place, without extension.</param>
    /// <param name="result">What the kept result file says; the published one names its PDF.</param>
    /// <param name="kept">Where they are kept; copied.</param>
    /// <param name="cancellation">Ends it; what is half written is completed by the next try.</param>
    /// <returns>Paths of what was written; null where they have none.</returns>
    /// <exception cref="Failures.DigitizerException">They are not written, or not all of them.</exception>
    Task<ResultFiles?> PublishAsync(string resultBase, DocumentResult result, ResultFiles kept, CancellationToken cancellation);
}
