using Digitizer.Failures;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Something that a source needs and that fails: it is left alone for a time that grows with each failure, from 1 s to 30 s.</summary>
internal sealed class Outage(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private int failures;
    private long began;
    private TimeSpan length;
    private DigitizerException? failure;

    /// <summary>What it failed with last; null: it does not.</summary>
    public DigitizerException? Failure
    {
        get
        {
            lock (gate)
            {
                return failure;
            }
        }
    }

    /// <summary>How long it is still to be left alone.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (gate)
            {
                return Left();
            }
        }
    }

    /// <summary>It failed.</summary>
    public void Failed(DigitizerException why)
    {
        lock (gate)
        {
            // What was tried together fails together, and says no more than the first of it.
            if (Left() == TimeSpan.Zero)
            {
                length = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures++, 10))) * (0.5 + (Random.Shared.NextDouble() / 2)));
                began = time.GetTimestamp();
            }

            failure = why;
        }
    }

    /// <summary>It works.</summary>
    public void Ended()
    {
        lock (gate)
        {
            (failures, length, failure) = (0, TimeSpan.Zero, null);
        }
    }

    private TimeSpan Left() => length - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
