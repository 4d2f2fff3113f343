namespace Digitizer.Pipeline;

/// <summary>Wakes all who wait for work; a signal given between asking the journal and waiting is not missed.</summary>
internal sealed class WorkSignal(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Signals so far; ask before the journal is asked.</summary>
    public long Count { get; private set; }

    public void Set()
    {
        TaskCompletionSource waking;
        lock (gate)
        {
            Count++;
            waking = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waking.SetResult();
    }

    /// <summary>Waits for a signal after the first <paramref name="seen"/> ones, at most <paramref name="longest"/>.</summary>
    public async Task WaitAsync(long seen, TimeSpan longest, CancellationToken cancellation)
    {
        Task waiting;
        lock (gate)
        {
            if (Count != seen)
            {
                return;
            }

            waiting = changed.Task;
        }

        try
        {
            await waiting.WaitAsync(longest, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The caller looks for itself.
        }
    }
}
