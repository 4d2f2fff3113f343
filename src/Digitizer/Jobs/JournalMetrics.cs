using System.Diagnostics.Metrics;
using Digitizer.Failures;
using Digitizer.Telemetry;

namespace Digitizer.Jobs;

/// <summary>Counts what was committed. Everything that becomes of a unit passes the journal, and passes it once: so these counts agree with its account.</summary>
internal static class JournalMetrics
{
    private static readonly Counter<long> Units = Meters.Recorded.CreateCounter<long>("digitizer.units", "{unit}", "Units by what became of them: accepted, refused, closed, exception, cancelled.");
    private static readonly Counter<long> Pages = Meters.Recorded.CreateCounter<long>("digitizer.pages", "{page}", "Pages by how reading them ended.");
    private static readonly Counter<long> Documents = Meters.Recorded.CreateCounter<long>("digitizer.documents", "{document}", "Documents by the state that they reached.");
    private static readonly Counter<long> Deliveries = Meters.Recorded.CreateCounter<long>("digitizer.deliveries", "{delivery}", "Deliveries to dossiers by the state that they reached.");
    private static readonly Counter<long> Failures = Meters.Recorded.CreateCounter<long>("digitizer.work.failures", "{attempt}", "Attempts at pieces of work that failed, and what followed.");

    private static readonly Histogram<double> Claims = Meters.Recorded.CreateHistogram(
        "digitizer.claim.duration", "s", "Time of asking the journal for work, its commit included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    /// <summary>The journal was asked for work.</summary>
    /// <param name="items">How many pieces it gave.</param>
    /// <param name="took">Commit included.</param>
    public static void Claimed(int items, TimeSpan took)
    {
        if (Claims.Enabled)
        {
            Claims.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", items == 0 ? "none" : "some"));
        }
    }

    /// <summary>A change is committed.</summary>
    public static void Committed(IReadOnlyList<AuditLine> lines)
    {
        if (!Units.Enabled)
        {
            return;
        }

        foreach (var line in lines)
        {
            Count(line);
        }
    }

    /// <summary>PDF and text of a document are in the vault.</summary>
    public static void Assembled() => Add(Documents, ("state", StateName.Of(DocumentState.Assembled)));

    /// <summary>An attempt failed.</summary>
    /// <param name="work">What was to be done.</param>
    /// <param name="kind">Why it failed.</param>
    /// <param name="result">retried, quarantined or postponed.</param>
    public static void Failed(WorkKind work, FailureKind kind, string result)
    {
        if (Failures.Enabled)
        {
            Add(Failures, ("work", StateName.Of(work)), ("kind", kind.ToString()), ("result", result));
        }
    }

    private static void Count(AuditLine line)
    {
        switch (line)
        {
            case { What: "accepted" or "refused" or "closed" or "exception" or "cancelled", Source: { } source }:
                Add(Units, ("source", source), ("state", line.What), ("kind", line.Failure?.Kind.ToString()));
                break;
            case { PageEnd: { } end }:
                Add(Pages, ("result", StateName.Of(end.State)), ("kind", end.Failure?.Kind.ToString()));
                break;
            case { What: "document", State: { } document }:
                Add(Documents, ("state", StateName.Of(document.State)), ("kind", line.Failure?.Kind.ToString()));
                break;
            case { Delivery: { } delivery }:
                Add(Deliveries, ("state", StateName.Of(delivery.State)), ("kind", delivery.Failure?.Kind.ToString()));
                break;
        }
    }

    private static void Add(Counter<long> counter, params ReadOnlySpan<(string Name, string? Value)> tags)
    {
        if (!counter.Enabled)
        {
            return;
        }

        var list = new System.Diagnostics.TagList();
        foreach (var (name, value) in tags)
        {
            if (value is not null)
            {
                list.Add(name, value);
            }
        }

        counter.Add(1, list);
    }
}
