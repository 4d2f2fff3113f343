using Digitizer.Jobs;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Something that webhooks tell.</summary>
/// <param name="Name">docs/webhooks.md lists all.</param>
/// <param name="State">What the unit, document or delivery became.</param>
internal sealed record WebhookEvent(string Name, string State)
{
    /// <summary>Stands for all in lists of names.</summary>
    public const string All = "*";

    private const string Review = "document.needs-review";
    private const string Waits = "delivery.waits";

    private static readonly WebhookEvent Accepted = new("unit.accepted", StateName.Of(UnitState.Accepted));
    private static readonly WebhookEvent Refused = new("unit.refused", StateName.Of(UnitState.Exception));
    private static readonly WebhookEvent NeedsReview = new(Review, StateName.Of(DocumentState.NeedsReview));
    private static readonly WebhookEvent Exception = new("unit.exception", StateName.Of(UnitState.Exception));
    private static readonly WebhookEvent Closed = new("unit.closed", StateName.Of(UnitState.Closed));
    private static readonly WebhookEvent Delivered = new("document.delivered", StateName.Of(DeliveryState.Verified));

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = [Accepted.Name, Refused.Name, Review, Exception.Name, Closed.Name, Delivered.Name, Waits];

    /// <summary>What a line of the history is; null: nothing that is told.</summary>
    public static WebhookEvent? Of(HistoryLine line) => (line.What, line.Kind, line.Document) switch
    {
        ("accepted", _, null) => Accepted,
        ("refused", _, null) => Refused,
        ("closed", _, null) => Closed,
        ("quarantined", WorkKind.Split or WorkKind.Group, _) => Exception,
        ("quarantined", WorkKind.Assemble or WorkKind.Prove, _) => NeedsReview,
        ("needs-review", _, not null) => NeedsReview,
        ("verified", WorkKind.Verify, _) or (JobStore.ConfirmedByPerson, _, not null) => Delivered,
        ("uncertain" or "conflict" or "refused", WorkKind.Deliver or WorkKind.Verify, _) => new WebhookEvent(Waits, line.What),
        _ => null,
    };
}
