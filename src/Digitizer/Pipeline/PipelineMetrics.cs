using System.Diagnostics.Metrics;
using Digitizer.Jobs;
using Digitizer.Telemetry;

namespace Digitizer.Pipeline;

/// <summary>How long work takes, and what the proof says.</summary>
internal static class PipelineMetrics
{
    private static readonly Histogram<double> Duration = Meters.Recorded.CreateHistogram(
        "digitizer.work.duration", "s", "Time of one attempt at a piece of work.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });

    private static readonly Counter<long> Proofs = Meters.Recorded.CreateCounter<long>("digitizer.proofs", "{document}", "Verdicts of the independent reader on written PDFs.");

    /// <summary>False: nobody listens.</summary>
    public static bool IsHeard => Duration.Enabled;

    public static void Worked(WorkKind work, string result, TimeSpan took)
    {
        if (Duration.Enabled)
        {
            Duration.Record(took.TotalSeconds, new("work", StateName.Of(work)), new("result", result));
        }
    }

    public static void Proved(bool passed) => Proofs.Add(1, new KeyValuePair<string, object?>("result", passed ? "passed" : "failed"));
}
