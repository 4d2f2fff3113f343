namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>Cores that all who want to compute share evenly, none more than one at a time.</summary>
/// <remarks>Each who computes has had the same service since it came, so it is enough to know how much that is: whoever wants least of it still is next.</remarks>
internal sealed class Cores(Timeline timeline, double count)
{
    private readonly PriorityQueue<Action, (double Service, long Order)> computing = new();
    private double service;
    private double since;
    private long planned;
    private long started;

    /// <summary>Core seconds that were used.</summary>
    public double Used { get; private set; }

    public double Count => count;

    public void Run(double seconds, Action then)
    {
        Pass();
        computing.Enqueue(then, (service + seconds, ++started));
        Plan();
    }

    private double Rate => computing.Count == 0 ? 0 : Math.Min(1, count / computing.Count);

    private void Pass()
    {
        var passed = timeline.Now - since;
        service += passed * Rate;
        Used += passed * Rate * computing.Count;
        since = timeline.Now;
    }

    private void Plan()
    {
        if (computing.TryPeek(out _, out var next))
        {
            var plan = ++planned;
            timeline.After(Math.Max(0, (next.Service - service) / Rate), () => End(plan));
        }
    }

    private void End(long plan)
    {
        // Somebody came or went since: there is a newer plan.
        if (plan != planned)
        {
            return;
        }

        Pass();
        var then = computing.Dequeue();
        Plan();
        then();
    }
}
