using System.Diagnostics.Metrics;
using Digitizer.Failures;
using Digitizer.Telemetry;

namespace Digitizer.PageWorkers;

/// <summary>What page-workers cost.</summary>
internal static class PageWorkerMetrics
{
    private static readonly Histogram<double> Duration = Meters.Recorded.CreateHistogram(
        "digitizer.page.duration", "s", "Time that a page-worker took for a page that it read.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60, 120, 300] });

    private static readonly Counter<long> Workers = Meters.Recorded.CreateCounter<long>("digitizer.page_workers", "{process}", "Page-workers that were started, recycled when they had read enough, or killed, and for which kind of failure.");

    /// <summary>A page was read.</summary>
    public static void Read(PageOutcome outcome, TimeSpan took)
    {
        if (Duration.Enabled)
        {
            Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", outcome switch { PageOutcome.Blank => "blank", PageOutcome.KeptText => "kept-text", _ => "read" }));
        }
    }

    public static void Started() => Workers.Add(1, new KeyValuePair<string, object?>("state", "started"));

    public static void Recycled() => Workers.Add(1, new KeyValuePair<string, object?>("state", "recycled"));

    /// <summary>One was ended after a failure, or because nobody waits for its answer any more.</summary>
    public static void Killed(Exception why)
    {
        if (Workers.Enabled)
        {
            Workers.Add(1, new("state", "killed"), new("kind", why switch
            {
                DigitizerException { Kind: var kind } => kind.ToString(),
                OperationCanceledException or ObjectDisposedException => "Stopped",
                _ => nameof(FailureKind.Internal),
            }));
        }
    }
}
