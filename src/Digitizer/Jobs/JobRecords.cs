using System.Text.Json.Serialization;
using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>How a page ended.</summary>
/// <param name="State">Any but waiting.</param>
/// <param name="ResultSha256">The page's result in the vault; null if unreadable.</param>
/// <param name="ImageSha256">The picture for the PDF, where it is not the original's own bytes.</param>
/// <param name="Confidence">0–1, where there is text.</param>
/// <param name="Failure">For unreadable pages.</param>
/// <param name="DocumentNeedsReview">A reason (a kind's or rule's name) why a person should look, although it was read.</param>
/// <param name="ThumbnailSha256">The grey copy that the proof compares with.</param>
internal sealed record PageEnd(
    PageState State, string? ResultSha256, string? ImageSha256 = null, double? Confidence = null, Failure? Failure = null, string? DocumentNeedsReview = null, string? ThumbnailSha256 = null);

/// <summary>A document that grouping found.</summary>
/// <param name="Part">From 1 within the unit.</param>
/// <param name="Pages">Numbers of the unit's pages, in the document's order.</param>
/// <param name="Dossier">Null: none known.</param>
/// <param name="Reasons">Why a person must look before it is delivered; names of kinds or rules.</param>
internal sealed record NewDocument(int Part, IReadOnlyList<int> Pages, DossierClaim? Dossier, IReadOnlyList<string> Reasons);

/// <summary>What assembling wrote, digests in lower-case hex, and further reasons for a person to look.</summary>
internal sealed record AssembledFiles(string PdfSha256, long PdfBytes, string TextSha256, IReadOnlyList<string> Reasons)
{
    /// <summary>The smaller copy for the dossier; null: there is none.</summary>
    public string? CopySha256 { get; init; }

    public long? CopyBytes { get; init; }

    /// <summary>What there is to be said of its size; null: nothing.</summary>
    public SizeReport? Sizes { get; init; }
}

/// <summary>A unit as the journal knows it.</summary>
internal sealed record JobUnit
{
    public required NewUnit Arrival { get; init; }

    public required UnitState State { get; init; }

    public string? Format { get; init; }

    /// <summary>Null until split.</summary>
    public int? Pages { get; init; }

    /// <summary>Pages of each of its files, once split; null for a unit of one file.</summary>
    public IReadOnlyList<int>? FilePages { get; init; }

    /// <summary>How many files it has.</summary>
    public int FileCount { get; init; } = 1;

    /// <summary>The submission that it came in; null: it came by itself.</summary>
    public UnitId? SubmissionId { get; init; }

    public UnitId? SameContentAs { get; init; }

    public Failure? Failure { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When retention took its original and results out of the vault; null: they are kept.</summary>
    public DateTimeOffset? TrashedAt { get; init; }

    /// <summary>When they were deleted; null: they are kept, or can still be found in the trash.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    public UnitId Id => Arrival.Id;

    /// <summary>The file that a page is of, and its place there, from 0. Pages are numbered through all files.</summary>
    /// <param name="number">From 1; the unit is split.</param>
    public (UnitFile File, int Frame) Locate(int number)
    {
        var (file, frame) = (0, number - 1);
        for (; FilePages is not null && frame >= FilePages[file]; file++)
        {
            frame -= FilePages[file];
        }

        return (Arrival.Originals[file], frame);
    }
}

/// <summary>A page as the journal knows it; numbers count from 1.</summary>
internal sealed record JobPage(
    UnitId Unit, int Number, PageState State, string? ResultSha256, string? ImageSha256, double? Confidence, Failure? Failure, string? ReviewReason, string? ThumbnailSha256 = null);

/// <summary>A document as the journal knows it.</summary>
internal sealed record JobDocument
{
    public required Guid Id { get; init; }

    public required int Revision { get; init; }

    public required UnitId Unit { get; init; }

    public required int Part { get; init; }

    public required DocumentState State { get; init; }

    public DossierClaim? Dossier { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Numbers of the unit's pages, in order.</summary>
    public IReadOnlyList<int> Pages { get; init; } = [];

    public string? PdfSha256 { get; init; }

    public long? PdfBytes { get; init; }

    /// <summary>The smaller copy that goes into the dossier in place of the PDF; null: there is none.</summary>
    public string? CopySha256 { get; init; }

    public long? CopyBytes { get; init; }

    /// <summary>What there is to be said of its size; null: nothing.</summary>
    public SizeReport? Sizes { get; init; }

    /// <summary>The PDF that goes into the dossier.</summary>
    [JsonIgnore]
    public string? DeliveredSha256 => CopySha256 ?? PdfSha256;

    /// <summary>Its length.</summary>
    [JsonIgnore]
    public long? DeliveredBytes => CopyBytes ?? PdfBytes;

    public string? JsonSha256 { get; init; }

    public string? TextSha256 { get; init; }

    public int? PagesCompared { get; init; }

    public double? WorstDifference { get; init; }
}

/// <summary>
/// A delivery as the journal knows it. Dossier is null where none is wanted; Sha256 is that of the PDF that was or is to be
/// attached; Supersedes is the digest of what the dossier holds of an earlier revision (If-Match); Receipt is the dossier system's.
/// </summary>
internal sealed record JobDelivery(Guid Document, int Revision, string? Dossier, DeliveryState State, string? Sha256, string? Supersedes, string? Receipt, Failure? Failure, DateTimeOffset ChangedAt);

/// <summary>A work item as people see it.</summary>
internal sealed record JobWork(long Id, WorkKind Kind, UnitId Unit, int? Page, Guid? Document, int Revision, WorkState State, int Attempt, string? Owner, DateTimeOffset? RunAt, DateTimeOffset? LeaseUntil);

/// <summary>
/// One line of a unit's history: what ended an attempt (returned, postponed, rescued, failed, quarantined, or the new state's
/// name), or what a person did. Who is the owner of the claim, or the person.
/// </summary>
internal sealed record HistoryLine(long Id, DateTimeOffset At, UnitId Unit, WorkKind? Kind, int? Page, Guid? Document, int Revision, string What, string? Who, int? Attempt, Failure? Failure, string? Detail);

/// <summary>Everything about one unit; BatchUnits are all that came in its batch, itself among them, and empty if it came in none.</summary>
internal sealed record UnitAccount(
    JobUnit Unit, IReadOnlyList<JobPage> Pages, IReadOnlyList<JobDocument> Documents, IReadOnlyList<JobDelivery> Deliveries, IReadOnlyList<JobWork> Work, IReadOnlyList<HistoryLine> History,
    IReadOnlyList<UnitId> BatchUnits);

/// <summary>A document that its dossier must hold.</summary>
internal sealed record FiledDelivery(JobDocument Document, JobDelivery Delivery);

/// <summary>What vault and dossiers must hold of one unit.</summary>
/// <param name="Unit">Its original, as long as it is kept.</param>
/// <param name="Results">Digests; empty once the unit was taken out.</param>
/// <param name="Filed">The newest revision that was attached of each document.</param>
internal sealed record UnitHolding(JobUnit Unit, IReadOnlyList<string> Results, IReadOnlyList<FiledDelivery> Filed);

/// <summary>Which units to list; Sources: only those that came by one of these; NeedsPerson: only those with something that waits for a person; Kept: only those whose original the vault must hold; NewestFirst: in the other order, from the newest.</summary>
internal sealed record UnitFilter(UnitState? State = null, IReadOnlyList<string>? Sources = null, bool NeedsPerson = false, bool Kept = false, bool NewestFirst = false);

/// <summary>A slice of a list, from behind the last id of the slice before.</summary>
internal sealed record Slice(int Count = 100, UnitId? After = null);

/// <summary>Counts by state of one kind of thing.</summary>
/// <param name="Things">units, pages, documents, deliveries.</param>
/// <param name="Total">Counted apart from the states.</param>
/// <param name="ByState">A count for each state that occurs.</param>
/// <param name="Stray">Things that nobody works on and nobody waits for, or that contradict each other: must be 0.</param>
internal sealed record BalanceLine(string Things, long Total, IReadOnlyDictionary<string, long> ByState, long Stray)
{
    public bool Balanced => Stray == 0 && ByState.Values.Sum() == Total;
}

/// <summary>The account of everything that was accepted.</summary>
internal sealed record Balance(IReadOnlyList<BalanceLine> Lines)
{
    public bool Balanced => Lines.All(line => line.Balanced);
}

/// <summary>What waits.</summary>
/// <param name="Waiting">Queued items, due or later, by kind.</param>
/// <param name="Running">Claimed items by kind.</param>
/// <param name="Oldest">When the oldest of the unfinished items was made; null if there is none.</param>
internal sealed record Backlog(IReadOnlyDictionary<WorkKind, long> Waiting, IReadOnlyDictionary<WorkKind, long> Running, DateTimeOffset? Oldest);
