using Digitizer.Failures;

namespace Digitizer.Dossiers;

/// <summary>Whether there is a dossier.</summary>
internal enum DossierReply
{
    /// <summary>The store does not tell.</summary>
    NotTold,

    /// <summary>It should tell and did not.</summary>
    NoAnswer,

    /// <summary>There is.</summary>
    Known,

    /// <summary>There is none.</summary>
    Unknown,
}

/// <summary>What became of one try to attach a document.</summary>
internal abstract record AttachReply
{
    private AttachReply()
    {
    }

    /// <summary>It is in the dossier, by this try.</summary>
    internal sealed record Attached(Receipt Receipt) : AttachReply;

    /// <summary>It was in the dossier already, with the same bytes.</summary>
    internal sealed record WasThere(Receipt Receipt) : AttachReply;

    /// <summary>The dossier holds something else in its place; nothing was changed.</summary>
    /// <param name="Holder">What it holds.</param>
    internal sealed record Conflict(string Holder) : AttachReply;

    /// <summary>The store does not take it, and will not by itself; nothing was changed.</summary>
    /// <param name="Status">HTTP status, where there was one.</param>
    /// <param name="Reason">In words, without page text.</param>
    internal sealed record Refused(int? Status, string Reason) : AttachReply;

    /// <summary>It may be in the dossier or not. Ask before sending again.</summary>
    /// <param name="Why">What happened.</param>
    /// <param name="RetryAfter">The store's own wish, or null.</param>
    internal sealed record Uncertain(string Why, TimeSpan? RetryAfter = null) : AttachReply;

    /// <summary>The store could not be reached or was busy, and certainly did not take it.</summary>
    /// <param name="Why">What happened.</param>
    /// <param name="RetryAfter">The store's own wish, or null.</param>
    /// <param name="Kind"><see cref="FailureKind.OutputNotWritable"/> for a folder of this machine.</param>
    /// <param name="IsOnlyThis">True if another document may fare better: it must not wait behind this one.</param>
    internal sealed record Unavailable(
        string Why, TimeSpan? RetryAfter = null, FailureKind Kind = FailureKind.DossierUnavailable, bool IsOnlyThis = false) : AttachReply;
}

/// <summary>What a dossier holds under a document's id.</summary>
internal abstract record FindReply
{
    private FindReply()
    {
    }

    /// <summary>It holds a revision of the document.</summary>
    /// <param name="Receipt">With the digest of what it holds.</param>
    /// <param name="Revision">Which one; null if the store does not say.</param>
    internal sealed record Found(Receipt Receipt, int? Revision) : FindReply;

    /// <summary>It holds nothing under this id.</summary>
    internal sealed record Absent : FindReply;

    /// <summary>It did not say; ask again later.</summary>
    internal sealed record NoAnswer(string Why, TimeSpan? RetryAfter = null, bool IsOnlyThis = false) : FindReply;

    /// <summary>It cannot be asked at all.</summary>
    internal sealed record NotQueryable : FindReply;
}

/// <summary>What reading back found.</summary>
internal abstract record ReadBackReply
{
    private ReadBackReply()
    {
    }

    /// <summary>The bytes are there.</summary>
    internal sealed record Same : ReadBackReply;

    /// <summary>Other bytes are there.</summary>
    /// <param name="Sha256">Their digest.</param>
    internal sealed record Different(string Sha256) : ReadBackReply;

    /// <summary>Nothing is there any more.</summary>
    internal sealed record Missing : ReadBackReply;

    /// <summary>It did not say; ask again later.</summary>
    internal sealed record NoAnswer(string Why, TimeSpan? RetryAfter = null, bool IsOnlyThis = false) : ReadBackReply;

    /// <summary>It cannot be read back at all.</summary>
    internal sealed record NotReadable : ReadBackReply;
}
