using System.Threading.RateLimiting;

namespace Digitizer.Worker.Api.Access;

/// <summary>Holds callers to their limits: calls a minute, uploads at a time. Those that call no more are forgotten.</summary>
internal sealed class CallerPace : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // The limit belongs to the key of each: a limit that is changed holds at once.
    private readonly PartitionedRateLimiter<Caller> calls = PartitionedRateLimiter.Create<Caller, (string, int)>(caller
        => RateLimitPartition.GetTokenBucketLimiter((caller.Id, caller.Grant.Limits.RequestsPerMinute), key => Bucket(key.Item2)));

    private readonly PartitionedRateLimiter<Caller> uploads = PartitionedRateLimiter.Create<Caller, (string, int)>(caller
        => RateLimitPartition.GetConcurrencyLimiter((caller.Id, caller.Grant.Limits.UploadsAtATime), key => new ConcurrencyLimiterOptions { PermitLimit = key.Item2, QueueLimit = 0 }));

    /// <summary>Asks for one call.</summary>
    /// <returns>Null if it may be made; else how long to wait.</returns>
    public TimeSpan? Call(Caller caller)
    {
        using var lease = calls.AttemptAcquire(caller);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Shortest;
    }

    /// <summary>Asks for one upload.</summary>
    /// <returns>To be disposed when the upload has ended; it says if it may begin.</returns>
    public RateLimitLease Upload(Caller caller) => uploads.AttemptAcquire(caller);

    public void Dispose()
    {
        calls.Dispose();
        uploads.Dispose();
    }

    /// <summary>So many calls a minute, a few at a time and no more often than <see cref="Shortest"/>.</summary>
    internal static TokenBucketRateLimiterOptions Bucket(int perMinute)
    {
        var atATime = (int)Math.Ceiling(perMinute * (Shortest / Minute));
        return new TokenBucketRateLimiterOptions { TokenLimit = perMinute, ReplenishmentPeriod = Minute * atATime / perMinute, TokensPerPeriod = atATime, QueueLimit = 0 };
    }
}
