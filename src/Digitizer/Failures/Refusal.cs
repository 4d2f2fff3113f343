namespace Digitizer.Failures;

/// <summary>Something that was given and ended in an exception; listed, never silently dropped.</summary>
/// <param name="File">As shown to people.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Message">What happened and what to do.</param>
internal sealed record Refusal(string File, FailureKind Kind, string Message)
{
    public static Refusal From(string file, DigitizerException failure) => new(file, failure.Kind, failure.Message);
}
