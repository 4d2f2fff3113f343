using Digitizer.Dossiers;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Dossiers;

public sealed class StorePauseTests
{
    private static readonly DeliveryResult Down = new(DeliveryOutcome.Later) { IsStoreDown = true };
    private readonly FakeTimeProvider time = new();
    private readonly StorePause pause;

    public StorePauseTests() => pause = new StorePause(time, new Random(1));

    [Fact]
    public void What_was_tried_together_lengthens_the_pause_once()
    {
        for (var i = 0; i < 4; i++)
        {
            pause.Note(Down);
        }

        Assert.InRange(pause.Remaining, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.True(pause.IsOnTrial);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, pause.Remaining);
        pause.Note(Down);
        Assert.InRange(pause.Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_longer_wish_holds_whenever_it_comes_and_a_shorter_one_shortens_nothing()
    {
        pause.Note(Down);
        pause.Note(Down with { RetryAfter = TimeSpan.FromSeconds(30) });
        pause.Note(Down with { RetryAfter = TimeSpan.FromSeconds(3) });
        Assert.Equal(TimeSpan.FromSeconds(30), pause.Remaining);
        pause.Note(Down with { RetryAfter = TimeSpan.FromDays(3) });
        Assert.Equal(StorePause.LongestWish, pause.Remaining);
    }

    [Fact]
    public void One_answer_ends_it()
    {
        pause.Note(Down);
        pause.Note(new DeliveryResult(DeliveryOutcome.Verified));
        Assert.Equal((TimeSpan.Zero, false, null), (pause.Remaining, pause.IsOnTrial, pause.DownSince));
    }
}
