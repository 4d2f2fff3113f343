using Digitizer.Jobs;

namespace Digitizer.Worker.Api.Model;

/// <summary>What callers see of the journal's records.</summary>
internal static class ViewOf
{
    /// <summary>A submission.</summary>
    /// <param name="submission">As the journal has it.</param>
    /// <param name="units">The accounts of its units.</param>
    public static SubmissionView Submission(Submission submission, IReadOnlyList<UnitAccount> units) => new(
        submission.Id.ToString(), submission.Source, StateOf(units), VersionOf(units), submission.ReceivedAt, [.. units.Select(Unit)]);

    /// <summary>The newest change of these units.</summary>
    public static long VersionOf(IReadOnlyList<UnitAccount> units) => units.Max(u => u.History.Count == 0 ? 0 : u.History[^1].Id);

    /// <summary>True if nothing will change any more unless somebody acts.</summary>
    public static bool IsSettled(SubmissionView view) => view.State is "done" or "waiting" or "cancelled";

    public static UnitView Unit(UnitAccount account)
    {
        var (unit, arrival) = (account.Unit, account.Unit.Arrival);
        return new UnitView
        {
            Id = unit.Id.ToString(),
            Submission = unit.SubmissionId?.ToString(),
            Source = arrival.Source,
            State = StateName.Of(unit.State),
            NeedsPerson = NeedsPerson(account),
            Name = arrival.ShownName,
            Profile = arrival.Profile,
            Dossier = Dossier(arrival.Dossier),
            Files = [.. arrival.Originals.Select(f => new FileView(f.ShownName, f.Sha256, f.Bytes))],
            Pages = unit.Pages,
            ReceivedAt = arrival.ReceivedAt,
            ChangedAt = unit.ChangedAt,
            FinishedAt = unit.FinishedAt,
            SameContentAs = unit.SameContentAs?.ToString(),
            Failure = Failure(unit.Failure),
            Batch = arrival.Batch is { } batch ? new BatchView(batch.Id, batch.Document) : null,
            Documents = [.. account.Documents.GroupBy(d => d.Id).Select(d => Document(d.MaxBy(r => r.Revision)!, account.Deliveries))],
        };
    }

    public static DocumentView Document(JobDocument document, IEnumerable<JobDelivery> deliveries) => new()
    {
        Id = document.Id.ToString("D"),
        Revision = document.Revision,
        Unit = document.Unit.ToString(),
        Part = document.Part,
        State = StateName.Of(document.State),
        Reasons = document.Reasons,
        Pages = document.Pages,
        Dossier = Dossier(document.Dossier),
        Pdf = IsProved(document) ? new PdfView(document.PdfSha256!, document.PdfBytes!.Value) : null,
        Delivery = deliveries.FirstOrDefault(d => d.Document == document.Id && d.Revision == document.Revision) is { } delivery ? Delivery(delivery) : null,
    };

    public static PageView Page(JobPage page)
        => new(page.Number, StateName.Of(page.State), page.Confidence, page.ReviewReason, Failure(page.Failure), page.ThumbnailSha256 is not null);

    /// <summary>The receipt of a delivery; null: it is not in its dossier.</summary>
    public static ReceiptView? Receipt(JobDelivery delivery)
        => delivery is { State: DeliveryState.Attached or DeliveryState.Verified, Receipt: { } line, Dossier: { } dossier }
            ? new ReceiptView(delivery.Document.ToString("D"), delivery.Revision, dossier, StateName.Of(delivery.State), delivery.Sha256, delivery.ChangedAt, Dossiers.Receipt.FromLine(line).Id)
            : null;

    /// <summary>True if the document's files are there and another reader has found in them what was scanned.</summary>
    public static bool IsProved(JobDocument document) => document.JsonSha256 is not null;

    // The same rule as the journal's list of what waits for a person.
    private static bool NeedsPerson(UnitAccount account)
        => account.Unit.State == UnitState.Exception
            || (account.Unit.State == UnitState.Documents
                && (account.Documents.Any(d => d.State == DocumentState.NeedsReview)
                    || account.Deliveries.Any(v => v.State is DeliveryState.Uncertain or DeliveryState.Conflict or DeliveryState.Refused
                        && account.Documents.Any(d => d.Id == v.Document && d.Revision == v.Revision))));

    private static string StateOf(IReadOnlyList<UnitAccount> units)
        => units.Any(NeedsPerson) ? "waiting"
            : units.All(u => u.Unit.State == UnitState.Cancelled) ? "cancelled"
            : units.All(u => u.Unit.FinishedAt is not null) ? "done"
            : units.All(u => u.Unit.State == UnitState.Accepted) ? "accepted"
            : "working";

    private static DeliveryView Delivery(JobDelivery delivery) => new(StateName.Of(delivery.State), delivery.Dossier, delivery.ChangedAt, Failure(delivery.Failure));

    private static DossierView? Dossier(DossierClaim? claim) => claim is null ? null : new DossierView(claim.Code, claim.Basis, claim.Confirmed ? "confirmed" : "proposed");

    private static FailureView? Failure(Failure? failure) => failure is null ? null : new FailureView(failure.Kind.ToString(), failure.Message);
}
