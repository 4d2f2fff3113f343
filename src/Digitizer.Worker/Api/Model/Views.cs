namespace Digitizer.Worker.Api.Model;

/// <summary>A submission: one request, and what became of it.</summary>
/// <param name="Id">26 letters and digits.</param>
/// <param name="Source">The source that it came in by.</param>
/// <param name="State">accepted, working, waiting (for a person), done or cancelled: the state of all its units together.</param>
/// <param name="Version">Rises with every change; for <c>?wait=…&amp;since=VERSION</c>.</param>
/// <param name="ReceivedAt">When it was accepted.</param>
/// <param name="Units">One for each of its documents.</param>
internal sealed record SubmissionView(string Id, string Source, string State, long Version, DateTimeOffset ReceivedAt, IReadOnlyList<UnitView> Units);

/// <summary>A unit: what was accepted at once, file or files of one document, with its pages and documents.</summary>
internal sealed record UnitView
{
    public required string Id { get; init; }

    /// <summary>The submission that it came in; null: it came by another way.</summary>
    public string? Submission { get; init; }

    public required string Source { get; init; }

    /// <summary>accepted, splitting, reading, documents, closed, exception or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>True: it goes on only when a person has decided something.</summary>
    public required bool NeedsPerson { get; init; }

    public required string Name { get; init; }

    public required string Profile { get; init; }

    public DossierView? Dossier { get; init; }

    public required IReadOnlyList<FileView> Files { get; init; }

    /// <summary>How many pages it has; null until it is split.</summary>
    public int? Pages { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>An earlier unit with the same bytes.</summary>
    public string? SameContentAs { get; init; }

    public FailureView? Failure { get; init; }

    /// <summary>Where it came in a batch with a manifest: its id there, and the document's number.</summary>
    public BatchView? Batch { get; init; }

    public required IReadOnlyList<DocumentView> Documents { get; init; }
}

/// <summary>Units of a list, the newest first.</summary>
internal sealed record UnitPage(IReadOnlyList<UnitView> Units, string? Next);

/// <summary>A file as it came.</summary>
internal sealed record FileView(string Name, string Sha256, long Bytes);

/// <summary>Where a unit stands in its batch.</summary>
internal sealed record BatchView(string Id, string Document);

/// <summary>A dossier, and whether that is certain.</summary>
/// <param name="Code">Mã hồ sơ.</param>
/// <param name="Basis">argument, manifest, folder …</param>
/// <param name="State">confirmed or proposed.</param>
internal sealed record DossierView(string Code, string Basis, string State);

/// <summary>Why something went no further.</summary>
/// <param name="Kind">Name of a failure kind.</param>
/// <param name="Message">What happened, and what to do.</param>
internal sealed record FailureView(string Kind, string Message);

/// <summary>A document, its newest revision.</summary>
internal sealed record DocumentView
{
    public required string Id { get; init; }

    public required int Revision { get; init; }

    public required string Unit { get; init; }

    public required int Part { get; init; }

    /// <summary>waiting, assembled, proved, ready, needs-review or superseded.</summary>
    public required string State { get; init; }

    /// <summary>Why a person must look: names of failure kinds and rules.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Numbers of the unit's pages, in the document's order.</summary>
    public required IReadOnlyList<int> Pages { get; init; }

    public DossierView? Dossier { get; init; }

    /// <summary>The PDF, as soon as it is proved.</summary>
    public PdfView? Pdf { get; init; }

    public DeliveryView? Delivery { get; init; }
}

/// <summary>A written PDF/A-2u.</summary>
internal sealed record PdfView(string Sha256, long Bytes);

/// <summary>How a document gets into its dossier.</summary>
/// <param name="State">none, pending, attaching, attached, verified, uncertain, conflict or refused.</param>
/// <param name="Dossier">Where to.</param>
/// <param name="ChangedAt">Since when.</param>
/// <param name="Failure">Why it waits.</param>
internal sealed record DeliveryView(string State, string? Dossier, DateTimeOffset ChangedAt, FailureView? Failure);

/// <summary>That a document is in its dossier.</summary>
/// <param name="Document">Its id.</param>
/// <param name="Revision">Which of its revisions.</param>
/// <param name="Dossier">Mã hồ sơ.</param>
/// <param name="State">attached, or verified: read back as it was written.</param>
/// <param name="Sha256">Of the PDF.</param>
/// <param name="At">When.</param>
/// <param name="RemoteId">The dossier system's own id of it.</param>
internal sealed record ReceiptView(string Document, int Revision, string Dossier, string State, string? Sha256, DateTimeOffset At, string RemoteId);

/// <summary>A page.</summary>
/// <param name="Number">From 1, in its unit.</param>
/// <param name="State">waiting, read, blank, separator, kept-text or unreadable.</param>
/// <param name="Confidence">0–1, where there is text.</param>
/// <param name="ReviewReason">Why a person should look.</param>
/// <param name="Failure">Why it could not be read.</param>
/// <param name="HasThumbnail">True: there is a small picture of it.</param>
internal sealed record PageView(int Number, string State, double? Confidence, string? ReviewReason, FailureView? Failure, bool HasThumbnail);

/// <summary>The pages of a unit.</summary>
internal sealed record PageList(IReadOnlyList<PageView> Pages);

/// <summary>An order to file a document.</summary>
/// <param name="Dossier">Mã hồ sơ; null: it was not said.</param>
internal sealed record AssignOrder(string? Dossier);

/// <summary>What was done.</summary>
internal sealed record DoneView(string Done);
