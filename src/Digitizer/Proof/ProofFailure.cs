using Digitizer.Failures;

namespace Digitizer.Proof;

/// <summary>Words the failures of a proof. None of them quotes the page.</summary>
internal static class ProofFailure
{
    private const string Next = "Run again; if it happens again, hand the file to support.";

    public static DigitizerException Page(int number, string what)
        => new(FailureKind.ProofFailed, FormattableString.Invariant($"Page {number} of the written PDF was not proved: {what}. {Next}"));

    public static DigitizerException Document(string what)
        => new(FailureKind.ProofFailed, $"The written PDF was not proved: {what}. {Next}");
}
