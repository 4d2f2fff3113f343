using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;

namespace Digitizer.Service;

/// <summary>Counts page-workers that died or had to be killed: one is a bad page, many are a bad machine.</summary>
internal sealed class WorkerDeaths(TimeProvider time) : IWorkObserver
{
    /// <summary>How far back is counted.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> deaths = [];

    /// <summary>Deaths of late.</summary>
    public int Recent
    {
        get
        {
            lock (gate)
            {
                while (deaths.TryPeek(out var first) && time.GetUtcNow() - first >= Span)
                {
                    deaths.Dequeue();
                }

                return deaths.Count;
            }
        }
    }

    public void PagesFound(UnitId unit, int pages)
    {
        // The journal has it.
    }

    public void PageDone(UnitId unit, int number, PageAttempts attempts)
    {
        // Every attempt but a good last one, or a last one that ended in an answer, cost a worker its life.
        var isAnswer = attempts.Failure is null || !attempts.Failure.Kind.MayPass();
        lock (gate)
        {
            for (var i = isAnswer ? 1 : 0; i < attempts.Attempts; i++)
            {
                deaths.Enqueue(time.GetUtcNow());
            }
        }
    }
}
