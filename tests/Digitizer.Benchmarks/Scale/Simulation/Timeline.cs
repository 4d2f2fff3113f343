namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>What happens next, and when. Equal times go in the order in which they were planned, so that every run is the same.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (double At, long Order)> events = new();
    private long planned;

    public double Now { get; private set; }

    public void After(double seconds, Action what) => events.Enqueue(what, (Now + seconds, ++planned));

    public void RunUntil(double end)
    {
        while (events.TryPeek(out _, out var next) && next.At <= end)
        {
            var what = events.Dequeue();
            Now = next.At;
            what();
        }

        Now = end;
    }
}
