using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>A lane of a running loop: how many pieces of work are under way in it, and how it is woken.</summary>
internal sealed class LanePlaces(WorkLane lane, WorkOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private int taken;

    // The journal gave all that was asked for, or was not asked because no place was free: one that gets free may find work.
    private bool mayFindMore;

    public IReadOnlyList<WorkKind> Kinds => lane.Kinds;

    /// <summary>Given when there may be something to claim.</summary>
    public WorkSignal Signal { get; } = new(time);

    public LaneHealth Health { get; } = new(options, time);

    /// <summary>Nothing is taken for so long.</summary>
    public TimeSpan Pause => lane.Pause?.Remaining ?? TimeSpan.Zero;

    private int Width => lane.Pause?.IsOnTrial == true ? 1 : lane.Width;

    /// <summary>True: whoever holds a place may go on with the next piece.</summary>
    public bool IsOpen => Pause == TimeSpan.Zero && Health.IsGood;

    /// <summary>Takes all free places.</summary>
    /// <returns>How many.</returns>
    public int TakeAll()
    {
        lock (gate)
        {
            var free = Math.Max(0, Width - taken);
            taken += free;
            mayFindMore |= free == 0;
            return free;
        }
    }

    /// <summary>Takes a place, if one is free and the lane is open.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            if (!IsOpen || taken >= Width)
            {
                return false;
            }

            taken++;
            return true;
        }
    }

    /// <summary>Says what came of the places that were taken together.</summary>
    /// <param name="asked">So many.</param>
    /// <param name="found">For so many there was work; the others are free again.</param>
    public void Found(int asked, int found)
    {
        lock (gate)
        {
            taken -= asked - found;
            mayFindMore = found == asked;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Free()
    {
        lock (gate)
        {
            taken--;
            if (!mayFindMore)
            {
                return;
            }
        }

        Signal.Set();
    }
}
