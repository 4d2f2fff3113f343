using Digitizer.Failures;

namespace Digitizer.Workspace;

/// <summary>Says why something could not be written, in words that tell what to do.</summary>
internal static class WriteFailure
{
    // asm-generic/errno-base.h and errno.h. The base library keeps the number in HResult, as PosixException does.
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int Exists = 17;
    private const int NotAFolder = 20;
    private const int IsAFolder = 21;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int NameTooLong = 36;
    private const int QuotaExceeded = 122;

    /// <summary>True for the exceptions that writing a file may end with.</summary>
    public static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException || IsFileTooBig(exception);

    /// <summary>The failure for an exception that <see cref="IsExpected"/>.</summary>
    /// <param name="exception">What the system said.</param>
    /// <param name="path">What was to be written.</param>
    public static DigitizerException Create(Exception exception, string path)
    {
        var name = ShownName.Escape(path);
        return exception switch
        {
            PathTooLongException or { HResult: NameTooLong } => new DigitizerException(
                FailureKind.NameUnusable, $"{name} cannot be written: the name is too long. Choose a shorter --out, or rename the source.", exception),
            { HResult: Exists or NotAFolder or IsAFolder } => new DigitizerException(
                FailureKind.NameTaken, $"{name} cannot be written: something else has this name, or the name of a folder above. Move it away or choose another --out.", exception),
            { HResult: NoSpace or QuotaExceeded } => new DigitizerException(
                FailureKind.OutputNotWritable, $"{name} cannot be written: the disk is full. Free space or choose another --out, then run again.", exception),
            UnauthorizedAccessException or { HResult: NotPermitted or AccessDenied or ReadOnlyFileSystem } => new DigitizerException(
                FailureKind.OutputNotWritable, $"{name} cannot be written: no permission, or a read-only disk. Allow writing there or choose another --out.", exception),
            _ when IsFileTooBig(exception) => new DigitizerException(
                FailureKind.OutputNotWritable, $"{name} cannot be written: it is larger than the disk or a limit allows. Choose another --out or raise the limit.", exception),
            _ => new DigitizerException(
                FailureKind.OutputNotWritable, $"{name} cannot be written: {exception.Message.TrimEnd('.')}. Check the disk, then run again.", exception),
        };
    }

    // EFBIG, a limit of the process (ulimit -f) or of the file system, comes out of FileStream as this. Which of its
    // methods it comes from depends on what was compiled into what, so the whole name space counts.
    private static bool IsFileTooBig(Exception exception)
        => exception is ArgumentOutOfRangeException { ParamName: "value", TargetSite.DeclaringType.Namespace: { } space }
        && space.StartsWith("System.IO", StringComparison.Ordinal);
}
