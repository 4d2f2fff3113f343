namespace Digitizer.Pipeline;

/// <summary>Makes a lane wait, longer each time, while the machine is at fault: disk full, engine gone.</summary>
internal sealed class LaneHealth(WorkOptions options, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private int faults;

    /// <summary>False: the lane waits.</summary>
    public bool IsGood => Volatile.Read(ref faults) == 0;

    /// <summary>An item was done.</summary>
    public void Good() => Volatile.Write(ref faults, 0);

    /// <summary>An item met a fault of the machine.</summary>
    public void Bad() => Interlocked.Increment(ref faults);

    public async Task WaitAsync(CancellationToken draining)
    {
        if (Volatile.Read(ref faults) is var count and > 0)
        {
            var wait = options.RetryAfter * Math.Pow(2, Math.Min(count - 1, 10));
            try
            {
                await Task.Delay(wait < Longest ? wait : Longest, time, draining).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The lane ends.
            }
        }
    }
}
