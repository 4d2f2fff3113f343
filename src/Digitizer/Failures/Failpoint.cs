namespace Digitizer.Failures;

/// <summary>Places at which a trial can have the program fail; each stands right after what it is named for.</summary>
internal enum Failpoint
{
    /// <summary>A claim's note is on the disk; the file is still where it was dropped.</summary>
    ClaimNoted,

    /// <summary>The file is ours under its claim's name; nothing is flushed.</summary>
    Claimed,

    /// <summary>A file of another file system is copied; the copy is on the disk.</summary>
    ClaimCopied,

    /// <summary>The original has its final name; no folder is flushed.</summary>
    OriginalNamed,

    /// <summary>The original is let go of; nothing lies beside it.</summary>
    Sealed,

    /// <summary>A refused file is laid out among the exceptions.</summary>
    ExceptionLaid,

    /// <summary>The side-car lies beside the original; the folders that the scan came through are not flushed, and the journal knows nothing.</summary>
    SideCarWritten,

    /// <summary>The original is in the shared vault, its side-car is not, and the journal knows nothing.</summary>
    OriginalShared,

    /// <summary>A result is in the shared vault; nobody was told.</summary>
    ResultShared,

    /// <summary>The journal has the unit; the claim's note is still there.</summary>
    Accepted,

    /// <summary>A copied source is put aside; the claim's note is still there.</summary>
    SourceFinished,

    /// <summary>The claim's note is gone; marker and receipt are not seen to.</summary>
    ClaimClosed,

    /// <summary>One more file of a batch is claimed and hashed.</summary>
    BatchFileClaimed,

    /// <summary>A batch is written down and goes forward from here.</summary>
    BatchNoted,

    /// <summary>One more document of a batch is accepted, with all its files.</summary>
    BatchDocumentAccepted,

    /// <summary>A result is under its name in the vault; its folder is not flushed.</summary>
    ResultNamed,

    /// <summary>The audit file has the lines of a change that is not committed.</summary>
    AuditWritten,

    /// <summary>The journal has committed a change; who asked for it does not know yet.</summary>
    Committed,

    /// <summary>A page's result is in the vault; the journal does not have it.</summary>
    PageKept,

    /// <summary>PDF and text are in the vault; the journal does not have them.</summary>
    Assembled,

    /// <summary>The proof has passed; nothing is written of it.</summary>
    Proved,

    /// <summary>A PDF has its published name; text and result file are missing.</summary>
    PdfPublished,

    /// <summary>Results are published; the journal does not know.</summary>
    Published,

    /// <summary>The journal says ATTACHING; nothing is sent.</summary>
    AttachMarked,

    /// <summary>A folder of a dossier has its name; it is not flushed.</summary>
    DocumentNamed,

    /// <summary>The dossier store has answered; the journal does not know.</summary>
    AttachAnswered,

    /// <summary>The document was read back; the journal does not know.</summary>
    ReadBack,

    /// <summary>The journal has counted a try of a blob; nothing is downloaded.</summary>
    BlobTryBegun,

    /// <summary>A blob's bytes are on the disk; they have no name among the originals.</summary>
    BlobStaged,

    /// <summary>A blob is among the originals; nothing lies beside it.</summary>
    BlobNamed,

    /// <summary>The side-car lies beside a blob's original; nobody else has it.</summary>
    BlobSideCarWritten,

    /// <summary>A blob's original is where other machines find it; the journal knows nothing.</summary>
    BlobShared,

    /// <summary>The journal has a blob's unit; its message is still in the queue.</summary>
    BlobAccepted,

    /// <summary>A blob's original is let go of; its message is still in the queue.</summary>
    BlobReleased,

    /// <summary>The journal has a refusal of something that was never read; its message is still in the queue.</summary>
    BlobRefused,

    /// <summary>The poison queue has a copy of a refused message, which is still in its queue.</summary>
    BlobPoisonCopied,

    /// <summary>A message is deleted.</summary>
    BlobMessageDeleted,

    /// <summary>A PDF is written into the container for results; text and result file are missing.</summary>
    BlobResultWritten,
}
