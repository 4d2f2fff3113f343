namespace Digitizer.Results;

/// <summary><c>DIR/exceptions.json</c>: what runs into this folder could not finish, and what waits for a person. Empty if nothing does.</summary>
/// <param name="Version">Of the file's form: 1.</param>
/// <param name="Exceptions">Of earlier runs first, then in the order of the scan.</param>
internal sealed record ExceptionList(int Version, IReadOnlyList<ExceptionEntry> Exceptions);

/// <summary>One entry.</summary>
/// <param name="File">The source as it was given.</param>
/// <param name="Path">Its absolute path; null for an input that is not there.</param>
/// <param name="Kind">A failure kind.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Result">The result file below the output folder, if there is one.</param>
internal sealed record ExceptionEntry(string File, string? Path, string Kind, string Message, string? Result);
