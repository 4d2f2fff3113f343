using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>Says why something given could not be read, in words that tell what to do.</summary>
internal static class ReadFailure
{
    // asm-generic/errno-base.h and errno.h.
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NameTooLong = 36;

    /// <summary>The failure for an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.</summary>
    public static DigitizerException Create(Exception exception) => exception switch
    {
        PathTooLongException or { HResult: NameTooLong } => new DigitizerException(
            FailureKind.NameUnusable, "The name is too long: at most 255 bytes for each part, that is about 100 to 250 Vietnamese letters. Rename it.", exception),
        UnauthorizedAccessException or { HResult: NotPermitted or AccessDenied } => new DigitizerException(
            FailureKind.FileUnreadable, "No permission to read it. Allow reading (chmod), or run as another user.", exception),
        FileNotFoundException or DirectoryNotFoundException => new DigitizerException(
            FailureKind.FileUnreadable, "There is no such file or folder. Check the path.", exception),
        _ => new DigitizerException(
            FailureKind.FileUnreadable, $"It cannot be read: {ShownName.Escape(exception.Message)}. Check the disk, then run again.", exception),
    };
}
