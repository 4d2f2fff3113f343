using System.Runtime.InteropServices;
using Digitizer.Cleanup;

namespace Digitizer.Benchmarks.Accuracy.Ablation;

/// <summary>Stands between the page cleaner and its steps: times them, and leaves one out.</summary>
internal sealed partial class StepWatch
{
    private const int ThreadCpu = 3;

    /// <summary>The name of the step that does nothing, or null.</summary>
    public string? LeftOut { get; set; }

    /// <summary>What the steps did since <see cref="Clear"/>, with the CPU seconds of each.</summary>
    public List<(string Step, bool Applied, double Cpu)> Done { get; } = [];

    /// <summary>CPU seconds of this thread so far.</summary>
    public static double Clock() => clock_gettime(ThreadCpu, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : 0;

    public ICleanupStep Watch(ICleanupStep step) => new Watched(step, this);

    public void Clear() => Done.Clear();

    // Of the class: the name in the record is known only when a step has been at work.
    private static string NameOf(ICleanupStep step) => step.GetType().Name;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }

    private sealed class Watched(ICleanupStep step, StepWatch watch) : ICleanupStep
    {
        public CleanupRecord Apply(WorkingPage page)
        {
            var name = NameOf(step);
            if (name == watch.LeftOut)
            {
                return new CleanupRecord(name, false, "left out");
            }

            var before = Clock();
            var record = step.Apply(page);
            watch.Done.Add((name, record.Applied, Clock() - before));
            return record;
        }
    }
}
