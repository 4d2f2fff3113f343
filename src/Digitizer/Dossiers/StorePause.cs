namespace Digitizer.Dossiers;

/// <summary>Holds all deliveries to a store back while it is down, so that their order stays and it is not run over when it returns.</summary>
/// <remarks>
/// While <see cref="Remaining"/> is above zero no delivery to the store is claimed. Then one is tried:
/// the first in order. Its outcome says if the pause is over or grows: first 1 s, doubled each time up to <see cref="Longest"/>,
/// drawn from the upper half so that several processes do not knock together. A longer wish of the store is granted.
/// </remarks>
internal sealed class StorePause(TimeProvider time, Random random)
{
    /// <summary>Longest pause of our own.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Longest wish that is granted: a store may err, too.</summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset until;
    private DateTimeOffset? downSince;

    /// <summary>When the store was first found down; null if it took, or answered, the last delivery.</summary>
    public DateTimeOffset? DownSince
    {
        get
        {
            lock (gate)
            {
                return downSince;
            }
        }
    }

    /// <summary>Time to wait; zero if deliveries may go on.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (gate)
            {
                var left = until - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>True: whether the store is back is to be tried with one delivery, before others follow.</summary>
    public bool IsOnTrial => DownSince is not null;

    /// <summary>Takes note of how a step ended.</summary>
    public void Note(DeliveryResult result)
    {
        lock (gate)
        {
            if (result is { Outcome: DeliveryOutcome.Later, IsStoreDown: true })
            {
                var now = time.GetUtcNow();
                downSince ??= now;

                // What was tried together fails together, and says no more than the first of it; but its wish is granted.
                var length = until > now ? result.RetryAfter ?? TimeSpan.Zero : Length(failures++, result.RetryAfter, random.NextDouble());
                var wished = now + (length < LongestWish ? length : LongestWish);
                until = wished > until ? wished : until;
            }
            else
            {
                (failures, until, downSince) = (0, default, null);
            }
        }
    }

    /// <summary>How long to wait; pure.</summary>
    /// <param name="failures">Failures before this one.</param>
    /// <param name="wish">The store's wish, or null.</param>
    /// <param name="draw">0–1.</param>
    public static TimeSpan Length(int failures, TimeSpan? wish, double draw)
    {
        var full = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures, 30))));
        var own = full * (0.5 + (draw / 2));
        return wish > own ? (wish.Value < LongestWish ? wish.Value : LongestWish) : own;
    }
}
