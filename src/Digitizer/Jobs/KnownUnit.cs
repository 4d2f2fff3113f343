namespace Digitizer.Jobs;

/// <summary>What side-car and audit lines tell of one unit.</summary>
internal sealed class KnownUnit(NewUnit arrival)
{
    private readonly Dictionary<int, PageEnd> pages = [];
    private readonly Dictionary<(Guid Id, int Revision), JobDocument> documents = [];
    private readonly Dictionary<(Guid Id, int Revision), JobDelivery> deliveries = [];
    private readonly HashSet<(Guid Id, int Revision)> superseded = [];
    private IReadOnlyList<NewDocument> grouped = [];
    private bool closed;

    public NewUnit Arrival { get; private set; } = arrival;

    /// <summary>Its side-car is in the vault.</summary>
    public bool IsInVault { get; init; }

    /// <summary>An audit file says that it was accepted. That line is written before the commit, which may have failed.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Work was done on it, so the journal had it.</summary>
    public bool IsCertain => closed || pages.Count > 0 || documents.Count > 0 || deliveries.Count > 0;

    public bool Cancelled { get; private set; }

    /// <summary>When retention took it out of the vault.</summary>
    public DateTimeOffset? TrashedAt { get; private set; }

    public DateTimeOffset? PurgedAt { get; private set; }

    public string? Format { get; private set; }

    public int PageCount { get; private set; }

    public IReadOnlyList<int>? FilePages { get; private set; }

    public IReadOnlyDictionary<int, PageEnd> Pages => pages;

    /// <summary>With the pages that grouping gave them, as far as they are of its last round.</summary>
    public IEnumerable<JobDocument> Documents => documents.Values.Select(d => d with
    {
        State = IsCurrent(d) ? d.State : DocumentState.Superseded,
        Pages = IsCurrent(d) ? grouped.FirstOrDefault(g => g.Part == d.Part)?.Pages ?? [] : [],
    });

    public IReadOnlyDictionary<(Guid Id, int Revision), JobDelivery> Deliveries => deliveries;

    /// <summary>True if it was closed, and every page and document of it is known.</summary>
    public bool IsWholeAndClosed => closed && PageCount > 0 && pages.Count == PageCount
        && grouped.All(g => documents.Values.Any(d => d.Part == g.Part && IsCurrent(d) && d.State == DocumentState.Ready))
        && deliveries.Values.All(d => DeliveryRule.IsFinished(d.State));

    public void Learn(AuditLine line)
    {
        switch (line.What)
        {
            case "accepted" or "refused" or "restarted":
                Arrival = line.Arrival!.Unit!;
                (IsAccepted, closed) = (true, false);
                superseded.UnionWith(line.What == "restarted" ? documents.Keys : []);
                break;
            case "split":
                (Format, PageCount, FilePages) = (line.Format, line.PageCount!.Value, line.FilePages);
                pages.Clear();
                break;
            case "page":
                pages[line.Page!.Value] = line.PageEnd!;
                break;
            case "grouped":
                grouped = line.Documents!;
                break;
            case "document":
                documents[(line.Document!.Value, line.Revision!.Value)] = line.State!;
                break;
            case "delivery":
                deliveries[(line.Document!.Value, line.Revision!.Value)] = line.Delivery!;
                closed &= DeliveryRule.IsFinished(line.Delivery!.State);
                break;
            case "closed":
                closed = true;
                break;
            case "trashed":
                TrashedAt = line.At;
                break;
            case "purged":
                PurgedAt = line.At;
                break;
            case "cancelled":
                Cancelled = true;
                break;
            default:
                break;
        }
    }

    private bool IsCurrent(JobDocument document) => !superseded.Contains((document.Id, document.Revision)) && document.Revision == documents.Keys.Where(k => k.Id == document.Id).Max(k => k.Revision);
}
