using Digitizer.Failures;

namespace Digitizer.PageWorkers;

/// <summary>How reading a page ended, after one or two attempts.</summary>
/// <param name="Result">The result, or null if all attempts failed.</param>
/// <param name="Failure">Why the last attempt failed, or null if it did not.</param>
/// <param name="Attempts">How often the page was handed to a page-worker.</param>
internal sealed record PageAttempts(PageResult? Result, DigitizerException? Failure, int Attempts);
