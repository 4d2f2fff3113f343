using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Jobs;

namespace Digitizer.Tests.Service;

public sealed class ChangeFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task News_that_come_while_the_first_look_begins_are_heard()
    {
        await using var journal = await Journal.CreateAsync(null);
        var unit = await journal.SplitAsync(1);
        using var clock = new HeldTicks();
        var feed = new ChangeFeed(journal.Store, clock);

        var heard = feed.WaitAsync([unit], await journal.Store.LastChangeOfAsync(unit, default), 2 * Patience, default);
        Assert.True(clock.IsHeld.Wait(Patience));
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        clock.Release();

        await heard.WaitAsync(Patience);
    }

    /// <summary>A clock whose first ticking timer comes only when it is let go.</summary>
    private sealed class HeldTicks : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim released = new();

        public ManualResetEventSlim IsHeld { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period > TimeSpan.Zero)
            {
                IsHeld.Set();
                released.Wait();
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }

        public void Release() => released.Set();

        public void Dispose()
        {
            released.Dispose();
            IsHeld.Dispose();
        }
    }
}
