using System.Diagnostics;

namespace Digitizer.Telemetry;

/// <summary>What takes time, each as a trace of its own. A unit is named by its id, which tells nothing of its content.</summary>
internal static class Traces
{
    private static readonly ActivitySource Source = new(Meters.Name, Product.Version);

    /// <summary>False: nobody listens.</summary>
    public static bool AreHeard => Source.HasListeners();

    /// <summary>One attempt at one piece of work; null while nobody listens.</summary>
    public static Activity? Step(string work, string unit, int attempt)
        => Source.StartActivity(work)?.SetTag("digitizer.work", work).SetTag("digitizer.unit", unit).SetTag("digitizer.attempt", attempt);

    /// <summary>An arrival on its way into the journal; null while nobody listens.</summary>
    /// <param name="source">Where it came in, as configured.</param>
    /// <param name="unit">Its unit; null: it becomes several.</param>
    public static Activity? Acceptance(string source, string? unit = null)
        => Source.StartActivity("accept")?.SetTag("digitizer.source", source).SetTag("digitizer.unit", unit);

    /// <summary>Says how it ended. Without the message of a failure, which may quote a file's name.</summary>
    public static void End(this Activity activity, string result, string? kind = null)
    {
        activity.SetTag("digitizer.result", result);
        if (kind is not null)
        {
            activity.SetTag("digitizer.kind", kind).SetStatus(ActivityStatusCode.Error);
        }
    }
}
