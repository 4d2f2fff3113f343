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

    /// <summary>A known format that is not taken in yet, or not at all (JPEG 2000).</summary>
    FormatNotSupported,

    /// <summary>The file ends before its content does.</summary>
    FileTruncated,

    /// <summary>The file's structure or image data is damaged.</summary>
    ImageDamaged,

    /// <summary>A page has more pixels, or a longer side, than the limits allow.</summary>
    ImageTooLarge,

    /// <summary>The file has more pages than the limits allow.</summary>
    TooManyPages,

    /// <summary>A PDF that opens with a password only.</summary>
    PdfEncrypted,

    /// <summary>A PDF that opens without a password, and whose owner forbids changes or copying.</summary>
    PdfRestricted,

    /// <summary>A PDF with a digital signature, which writing it anew would destroy.</summary>
    PdfSigned,

    /// <summary>A PDF with scripts, launchers, embedded files or references to other files.</summary>
    PdfActiveContent,

    /// <summary>A PDF that could only be read by guessing: cross-references, objects or pages are not where they should be.</summary>
    PdfDamaged,

    /// <summary>A PDF page that is not one picture of the whole sheet: text, lines, several pictures, notes.</summary>
    PdfNotScanned,

    /// <summary>A PDF with more objects, levels, filters or unpacked bytes than the limits allow.</summary>
    PdfTooComplex,

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

    /// <summary>An independent reader did not find in the written PDF what was scanned and read.</summary>
    ProofFailed,

    /// <summary>The document has more bytes than a receiving system takes, whatever is done.</summary>
    PdfTooLarge,

    /// <summary>The text is not a dossier code.</summary>
    DossierCodeInvalid,

    /// <summary>The dossier holds another document under the same name or id.</summary>
    DossierConflict,

    /// <summary>The configuration file cannot be read, or says what cannot be.</summary>
    ConfigurationInvalid,

    /// <summary>There is no journal where one was looked for.</summary>
    JournalMissing,

    /// <summary>No rule says to which dossier the document belongs; a person does.</summary>
    DossierMissing,

    /// <summary>The dossier system says that there is no such dossier; nothing was taken in.</summary>
    DossierUnknown,

    /// <summary>The dossier is only proposed (read from paper, a foreign barcode); a person decides.</summary>
    DossierProposed,

    /// <summary>Splitting found another number of pages than was counted at the arrival.</summary>
    PageCountDiffers,

    /// <summary>Grouping left a page out, or put it into two documents.</summary>
    PageUnaccounted,

    /// <summary>The process that worked on it was gone every time.</summary>
    WorkAbandoned,

    /// <summary>What a person asked for does not fit the state of the unit, document or delivery.</summary>
    ActNotPossible,

    /// <summary>A newer Digitizer wrote the journal.</summary>
    JournalNewer,

    /// <summary>The journal is damaged, or its disk failed; the process stops and acknowledges nothing more.</summary>
    JournalBroken,

    /// <summary>Another process owns the journal.</summary>
    JournalInUse,

    /// <summary>The database cannot be reached at the moment.</summary>
    JournalUnavailable,

    /// <summary>A file in a drop folder did not become complete in its time.</summary>
    FileIncomplete,

    /// <summary>An entry of a drop folder is a link, a pipe, a socket, a device, or a file with a second name.</summary>
    NotAPlainFile,

    /// <summary>A batch's manifest cannot be read, or contradicts itself or its files.</summary>
    ManifestInvalid,

    /// <summary>A drop folder is not there, or cannot be used as one.</summary>
    DropFolderUnusable,

    /// <summary>A file that the vault must hold is not there.</summary>
    OriginalMissing,

    /// <summary>A file in the vault is not the one that was put in.</summary>
    OriginalChanged,

    /// <summary>The dossier system does not take the document, and will not by itself.</summary>
    DossierRefused,

    /// <summary>The dossier system may have the document or not, and cannot be asked.</summary>
    DossierUncertain,

    /// <summary>The dossier system cannot be reached, or is busy.</summary>
    DossierUnavailable,

    /// <summary>The dossier system had taken the document and holds it no longer.</summary>
    DossierLost,

    /// <summary>A request of another system cannot be understood.</summary>
    RequestInvalid,

    /// <summary>A submission has no Idempotency-Key, or one that is too long.</summary>
    IdempotencyKeyMissing,

    /// <summary>The Idempotency-Key was used before for another submission.</summary>
    IdempotencyKeyReused,

    /// <summary>A submission with this Idempotency-Key is being taken in at this moment.</summary>
    IdempotencyKeyInUse,

    /// <summary>The bytes that came are not those whose digest was announced.</summary>
    DigestDiffers,

    /// <summary>A submission names no source that it may come in by.</summary>
    SourceUnknown,

    /// <summary>A submission names a rule profile that there is not.</summary>
    ProfileUnknown,

    /// <summary>What was asked for is not there, or not yet.</summary>
    NotFound,

    /// <summary>Too much waits already; nothing more is taken in for the moment.</summary>
    Busy,

    /// <summary>The vault's disk is nearly full; nothing more is taken in.</summary>
    StorageLow,

    /// <summary>A storage account cannot be reached, or is busy.</summary>
    StorageUnavailable,

    /// <summary>A storage account does not let us: credentials, rights, a missing container or queue, a wrong clock.</summary>
    StorageDenied,

    /// <summary>A message of a queue cannot be understood.</summary>
    MessageInvalid,

    /// <summary>A message names an account or a container that its queue may not bring blobs of.</summary>
    BlobNotAllowed,

    /// <summary>The blob that a message announced is not there, and did not come.</summary>
    BlobMissing,

    /// <summary>The blob was replaced before it was taken in; the newer version was taken.</summary>
    BlobReplaced,

    /// <summary>Taking a blob in failed each time.</summary>
    BlobAbandoned,

    /// <summary>Something that should not happen; the message has the details.</summary>
    Internal,
}
