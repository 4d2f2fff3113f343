using Digitizer.Failures;

namespace Digitizer.Intake.BlobQueues;

/// <summary>A blob that a message, or a look through a container, tells of. Its name is a name, never a path on a disk.</summary>
/// <param name="Container">On the allow-list.</param>
/// <param name="Blob">As the account has it.</param>
/// <param name="ETag">The version that is meant, without quotes; null: whichever is there.</param>
/// <param name="Dossier">The code that the message names, if it may.</param>
internal sealed record WantedBlob(string Container, string Blob, string? ETag, string? Dossier = null);

/// <summary>What a message turned out to be: one of the three.</summary>
/// <param name="Blob">It tells of this blob.</param>
/// <param name="Ignored">It is an event that needs nothing to be done, for this reason.</param>
/// <param name="Refusal">It cannot be understood, or tells of what it may not.</param>
internal sealed record Envelope(WantedBlob? Blob, string? Ignored, DigitizerException? Refusal)
{
    public static Envelope Of(WantedBlob blob) => new(blob, null, null);

    public static Envelope Ignore(string why) => new(null, why, null);

    public static Envelope Refuse(FailureKind kind, string message) => new(null, null, new DigitizerException(kind, message));
}
