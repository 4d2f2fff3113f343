using System.Diagnostics;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Telemetry;

namespace Digitizer.Pipeline;

/// <summary>Measures one attempt at a piece of work, and is its trace.</summary>
internal sealed class StepWatch : IDisposable
{
    private readonly WorkKind work;
    private readonly TimeProvider time;
    private readonly long began;
    private readonly Activity? activity;

    // Of an attempt that nobody ends otherwise: the claim is somebody else's, or the journal is gone.
    private string result = "lost";
    private string? kind;

    private StepWatch(WorkItem item, TimeProvider time)
    {
        (work, this.time, began) = (item.Kind, time, time.GetTimestamp());
        activity = Traces.Step(StateName.Of(item.Kind), item.Unit.ToString(), item.Attempt);
    }

    /// <summary>Begins; null while nobody listens.</summary>
    public static StepWatch? Begin(WorkItem item, TimeProvider time) => PipelineMetrics.IsHeard || Traces.AreHeard ? new StepWatch(item, time) : null;

    /// <summary>Says how it ended; recorded by <see cref="Dispose"/>.</summary>
    public void End(string how, FailureKind? why = null) => (result, kind) = (how, why?.ToString());

    public void Dispose()
    {
        PipelineMetrics.Worked(work, result, time.GetElapsedTime(began));
        activity?.End(result, kind);
        activity?.Dispose();
    }
}
