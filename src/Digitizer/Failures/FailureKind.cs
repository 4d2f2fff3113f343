namespace Digitizer.Failures;

/// <summary>
/// What went wrong, as people and scripts see it: the member's name stands in result files, in logs
/// and in the summary. <c>docs/failures.md</c> has a row for each, with what the operator does next.
/// </summary>
public enum FailureKind
{
    /// <summary>The file has no bytes.</summary>
    FileEmpty,

    /// <summary>The file cannot be opened or read: permission, or an error of the disk.</summary>
    FileUnreadable,

    /// <summary>The file is larger than the configured limit.</summary>
    FileTooLarge,

    /// <summary>The first bytes are of no format that is taken in, whatever the name says.</summary>
    FormatUnknown,

    /// <summary>A known format that is not taken in yet, or not at all (PDF, JPEG 2000).</summary>
    FormatNotSupported,

    /// <summary>The file ends before its content does.</summary>
    FileTruncated,

    /// <summary>The file's structure or image data is damaged.</summary>
    ImageDamaged,

    /// <summary>A page has more pixels, or a longer side, than the limits allow.</summary>
    ImageTooLarge,

    /// <summary>The file has more pages than the limits allow.</summary>
    TooManyPages,

    /// <summary>The name cannot be used for a result file.</summary>
    NameUnusable,

    /// <summary>Something that is not ours has the name of a result file or of its folder.</summary>
    NameTaken,

    /// <summary>A page was not finished within its time.</summary>
    PageTimedOut,

    /// <summary>The confined page-worker died while it had the page.</summary>
    PageWorkerCrashed,

    /// <summary>The page needed more memory than a page-worker may use.</summary>
    PageOutOfMemory,

    /// <summary>All attempts at the page failed; the document needs a person.</summary>
    PageUnreadable,

    /// <summary>A page-worker could not be started, or answered what it must not.</summary>
    PageWorkerFailed,

    /// <summary>Page-workers cannot be confined on this machine and running without was not allowed.</summary>
    ConfinementUnavailable,

    /// <summary>A needed library is missing, or of a version that does not fit.</summary>
    EngineMissing,

    /// <summary>The OCR model is not installed.</summary>
    ModelMissing,

    /// <summary>A result cannot be written: permission, disk full, or an error of the disk.</summary>
    OutputNotWritable,

    /// <summary>Another run works with the same output folder.</summary>
    OutputInUse,

    /// <summary>The written PDF did not pass its own check.</summary>
    PdfCheckFailed,

    /// <summary>The text is not a dossier code.</summary>
    DossierCodeInvalid,

    /// <summary>The dossier holds another document under the same name or id.</summary>
    DossierConflict,

    /// <summary>The dossier system does not take the document, and will not by itself.</summary>
    DossierRefused,

    /// <summary>The dossier system may have the document or not, and cannot be asked.</summary>
    DossierUncertain,

    /// <summary>The dossier system cannot be reached, or is busy.</summary>
    DossierUnavailable,

    /// <summary>The dossier system had taken the document and holds it no longer.</summary>
    DossierLost,

    /// <summary>Something that should not happen; the message has the details.</summary>
    Internal,
}
