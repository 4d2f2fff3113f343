namespace Digitizer.Tests.Support.DropFolders;

/// <summary>A clock whose time of day can be set, as an administrator or NTP does it, while its monotonic part goes on.</summary>
internal sealed class JumpingClock(TimeProvider inner) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
