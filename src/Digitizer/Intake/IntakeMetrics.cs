using System.Diagnostics.Metrics;
using Digitizer.Telemetry;

namespace Digitizer.Intake;

/// <summary>How long arrivals wait until they are safe.</summary>
internal static class IntakeMetrics
{
    private static readonly Histogram<double> Duration = Meters.Recorded.CreateHistogram(
        "digitizer.acceptance.duration", "s", "From the last change that was seen of a file, or the beginning of a request, to the journal's commit.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900] });

    /// <summary>An arrival was accepted, or listed as refused.</summary>
    /// <param name="source">Where it came in, as configured.</param>
    /// <param name="waited">Since its last change.</param>
    public static void Accepted(string source, TimeSpan waited)
    {
        if (Duration.Enabled)
        {
            Duration.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("source", source));
        }
    }
}
