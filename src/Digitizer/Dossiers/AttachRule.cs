using Digitizer.Failures;

namespace Digitizer.Dossiers;

/// <summary>How a step of a delivery ended.</summary>
internal enum DeliveryOutcome
{
    /// <summary>In the dossier, with a receipt.</summary>
    Attached,

    /// <summary>Read back and the same.</summary>
    Verified,

    /// <summary>Not now: take the step again later.</summary>
    Later,

    /// <summary>It may be there or not and nobody can be asked: a person decides; never sent again by itself.</summary>
    Uncertain,

    /// <summary>Something else is in its place: a person decides.</summary>
    Conflict,

    /// <summary>It is not taken: a person decides.</summary>
    Refused,
}

/// <summary>What the journal is to remember of a step.</summary>
/// <param name="Outcome">How it ended.</param>
internal sealed record DeliveryResult(DeliveryOutcome Outcome)
{
    /// <summary>For <see cref="DeliveryOutcome.Attached"/>.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>True if the document was there before this step.</summary>
    public bool WasThere { get; init; }

    /// <summary>Kind and message for people; null after a success.</summary>
    public FailureKind? Kind { get; init; }

    public string Message { get; init; } = "";

    /// <summary>For <see cref="DeliveryOutcome.Later"/>: the store's wish; null = as the retry rule says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// For <see cref="DeliveryOutcome.Later"/>: true if the dossier certainly holds nothing of this
    /// delivery. It may go back to pending, and the next try needs no asking.
    /// </summary>
    public bool IsUntouched { get; init; }

    /// <summary>
    /// For <see cref="DeliveryOutcome.Later"/>: true if the store itself is not to be reached, so that
    /// other documents would fare the same: it is not this delivery's attempt that is spent.
    /// </summary>
    public bool IsStoreDown { get; init; }

    /// <summary>True: nothing was tried; a time must pass first, and no attempt is spent.</summary>
    public bool IsOnlyWaiting { get; init; }
}

/// <summary>The decisions of the attach protocol, without doing anything.</summary>
internal static class AttachRule
{
    /// <summary>Before asking about a delivery that may have been sent.</summary>
    /// <param name="store">What the store can do.</param>
    /// <param name="sinceSent">Time since the last try began.</param>
    /// <returns>Null: ask now.</returns>
    public static DeliveryResult? BeforeAsking(StoreCapabilities store, TimeSpan sinceSent) => store switch
    {
        { Queryable: false } => NobodyToAsk("An earlier try may have reached the dossier system."),
        _ when sinceSent < store.Settling => new DeliveryResult(DeliveryOutcome.Later) { Kind = FailureKind.DossierUncertain, Message = "An earlier try may still arrive.", RetryAfter = store.Settling - sinceSent, IsOnlyWaiting = true },
        _ => null,
    };

    /// <summary>After asking.</summary>
    /// <returns>Null: it is not there, send it.</returns>
    public static DeliveryResult? AfterAsking(FindReply reply, Attachment attachment) => reply switch
    {
        FindReply.Absent when attachment.Supersedes is null => null,
        FindReply.Absent => Conflict(attachment, "nothing; the revision to be replaced is gone"),
        FindReply.Found found => AfterFinding(found, attachment),
        FindReply.NoAnswer none => new DeliveryResult(DeliveryOutcome.Later) { Kind = FailureKind.DossierUnavailable, Message = $"The dossier system does not say what it holds: {none.Why}", RetryAfter = none.RetryAfter, IsStoreDown = !none.IsOnlyThis },
        _ => NobodyToAsk("An earlier try may have reached the dossier system."),
    };

    /// <summary>After sending.</summary>
    public static DeliveryResult AfterSending(AttachReply reply, Attachment attachment, StoreCapabilities store) => reply switch
    {
        AttachReply.Attached done => new DeliveryResult(DeliveryOutcome.Attached) { Receipt = done.Receipt },
        AttachReply.WasThere there => new DeliveryResult(DeliveryOutcome.Attached) { Receipt = there.Receipt, WasThere = true },
        AttachReply.Conflict conflict => Conflict(attachment, conflict.Holder),
        AttachReply.Refused refused => new DeliveryResult(DeliveryOutcome.Refused) { Kind = FailureKind.DossierRefused, Message = $"Dossier {attachment.Dossier} does not take the document: {refused.Reason} Put right what it names, then 'jobs retry'." },
        AttachReply.Unavailable down => new DeliveryResult(DeliveryOutcome.Later) { Kind = down.Kind, Message = down.Why, RetryAfter = down.RetryAfter, IsUntouched = true, IsStoreDown = !down.IsOnlyThis },
        AttachReply.Uncertain lost when store.Queryable => new DeliveryResult(DeliveryOutcome.Later) { Kind = FailureKind.DossierUncertain, Message = lost.Why, RetryAfter = lost.RetryAfter },
        AttachReply.Uncertain lost => NobodyToAsk(lost.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(reply)),
    };

    /// <summary>After reading back.</summary>
    public static DeliveryResult AfterReadingBack(ReadBackReply reply, Attachment attachment) => reply switch
    {
        ReadBackReply.Same => new DeliveryResult(DeliveryOutcome.Verified),
        ReadBackReply.Different other => Conflict(attachment, $"a PDF with digest {other.Sha256}"),
        ReadBackReply.Missing => new DeliveryResult(DeliveryOutcome.Conflict) { Kind = FailureKind.DossierLost, Message = $"Dossier {attachment.Dossier} had taken document {attachment.Key} and holds it no longer. Ask who removed it; 'jobs retry' attaches it again." },
        ReadBackReply.NoAnswer none => new DeliveryResult(DeliveryOutcome.Later) { Kind = FailureKind.DossierUnavailable, Message = none.Why, RetryAfter = none.RetryAfter, IsStoreDown = !none.IsOnlyThis },
        _ => new DeliveryResult(DeliveryOutcome.Uncertain) { Kind = FailureKind.DossierUncertain, Message = "The dossier system took the document and cannot show what it holds. Look there and say so with 'digitizer jobs confirm DOCUMENT'; the original is kept until then." },
    };

    private static DeliveryResult? AfterFinding(FindReply.Found found, Attachment attachment)
    {
        if (found.Receipt.Sha256 == attachment.Files.Pdf.Sha256)
        {
            return new DeliveryResult(DeliveryOutcome.Attached) { Receipt = found.Receipt, WasThere = true };
        }

        return found.Receipt.Sha256 == attachment.Supersedes && !(found.Revision >= attachment.Key.Revision)
            ? null
            : Conflict(attachment, $"{(found.Revision is { } revision ? $"revision {revision}" : "a PDF")} with digest {found.Receipt.Sha256}");
    }

    private static DeliveryResult Conflict(Attachment attachment, string holder) => new(DeliveryOutcome.Conflict)
    {
        Kind = FailureKind.DossierConflict,
        Message = $"Under the id of document {attachment.Key}, dossier {attachment.Dossier} holds {holder}. Compare the two; to file this one, remove what is there, then type 'digitizer jobs resend DOCUMENT'; if what is there will do, 'digitizer jobs confirm DOCUMENT'.",
    };

    private static DeliveryResult NobodyToAsk(string why) => new(DeliveryOutcome.Uncertain)
    {
        Kind = FailureKind.DossierUncertain,
        Message = $"{why} It cannot be asked whether it has the document. Look in the dossier, and type 'digitizer jobs confirm DOCUMENT' if it is there or 'digitizer jobs resend DOCUMENT' if it is not; it is not sent again without you.",
    };
}
