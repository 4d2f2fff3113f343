using System.Diagnostics.Metrics;
using Digitizer.Telemetry;

namespace Digitizer.Intake.BlobQueues;

/// <summary>What becomes of messages of blob queues, and what sweeps find.</summary>
internal static class BlobQueueMetrics
{
    private static readonly Counter<long> Messages = Meters.Recorded.CreateCounter<long>("digitizer.queue.messages", "{message}", "What became of messages of blob queues.");

    private static readonly Counter<long> Found = Meters.Recorded.CreateCounter<long>("digitizer.queue.found", "{blob}", "Blobs that a sweep found and no message had told of.");

    /// <summary>A message was handled.</summary>
    /// <param name="source">The queue's configured name.</param>
    /// <param name="result">taken, known, refused, ignored, missing, failed, postponed.</param>
    public static void Handled(string source, string result)
        => Messages.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("result", result));

    /// <summary>A sweep took a blob.</summary>
    public static void Swept(string source) => Found.Add(1, new KeyValuePair<string, object?>("source", source));
}
