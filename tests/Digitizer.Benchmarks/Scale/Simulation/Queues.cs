namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>The write-ahead log: whoever waits when it begins to be brought to the disk is done when it is there.</summary>
internal sealed class CommitLog(Timeline timeline, double sync)
{
    private List<Action> waiting = [];
    private bool isBusy;

    /// <summary>Seconds that the disk was busy with it.</summary>
    public double Used { get; private set; }

    public void Flush(Action then)
    {
        waiting.Add(then);
        if (!isBusy)
        {
            Begin();
        }
    }

    private void Begin()
    {
        (isBusy, Used) = (true, Used + sync);
        var these = waiting;
        waiting = [];
        timeline.After(sync, () =>
        {
            isBusy = false;
            these.ForEach(then => then());
            if (waiting.Count > 0 && !isBusy)
            {
                Begin();
            }
        });
    }
}

/// <summary>A server that does one thing after another, on cores that it may share.</summary>
internal sealed class OneByOne(Cores cores)
{
    private readonly Queue<(double Seconds, Action Then)> waiting = new();
    private bool isBusy;

    public void Run(double seconds, Action then)
    {
        waiting.Enqueue((seconds, then));
        if (!isBusy)
        {
            Next();
        }
    }

    private void Next()
    {
        isBusy = waiting.TryDequeue(out var next);
        if (isBusy)
        {
            cores.Run(next.Seconds, () =>
            {
                next.Then();
                Next();
            });
        }
    }
}
