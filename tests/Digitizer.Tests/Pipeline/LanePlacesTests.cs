using Digitizer.Dossiers;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Pipeline;

public sealed class LanePlacesTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void No_more_places_are_taken_than_there_are_and_each_can_be_taken_again()
    {
        var lane = Lane(3);
        Assert.True(lane.TryTake());
        Assert.Equal(2, lane.TakeAll());
        Assert.False(lane.TryTake());
        Assert.Equal(0, lane.TakeAll());

        lane.Found(asked: 2, found: 1);
        Assert.Equal(1, lane.TakeAll());
        lane.Free();
        lane.Free();
        lane.Free();
        Assert.Equal(3, lane.TakeAll());
    }

    [Fact]
    public void A_place_that_gets_free_wakes_the_lane_only_if_there_may_be_work_for_it()
    {
        var lane = Lane(2);
        lane.Found(lane.TakeAll(), found: 1);
        var seen = lane.Signal.Count;
        lane.Free();
        Assert.Equal(seen, lane.Signal.Count);

        // All that was asked for was found: there may be more.
        lane.Found(lane.TakeAll(), found: 2);
        lane.Free();
        Assert.Equal(seen + 1, lane.Signal.Count);

        // Nobody asked, because none was free.
        lane.Found(lane.TakeAll(), found: 0);
        Assert.Equal(1, lane.TakeAll());
        Assert.Equal(0, lane.TakeAll());
        lane.Free();
        Assert.Equal(seen + 2, lane.Signal.Count);
    }

    [Fact]
    public void A_lane_whose_store_is_down_takes_nothing_and_then_one_on_trial()
    {
        var pause = new StorePause(time, new Random(1));
        var lane = Lane(4, pause);
        pause.Note(new DeliveryResult(DeliveryOutcome.Later) { IsStoreDown = true });
        Assert.False(lane.IsOpen);
        Assert.False(lane.TryTake());

        time.Advance(StorePause.Longest);
        Assert.True(lane.TryTake());
        Assert.False(lane.TryTake());
        Assert.Equal(0, lane.TakeAll());
    }

    [Fact]
    public void A_lane_whose_machine_is_at_fault_takes_nothing_from_other_lanes()
    {
        var lane = Lane(2);
        lane.Health.Bad();
        Assert.False(lane.TryTake());
        lane.Health.Good();
        Assert.True(lane.TryTake());
    }

    private LanePlaces Lane(int width, StorePause? pause = null) => new(new WorkLane([WorkKind.Deliver, WorkKind.Verify], width, pause), new WorkOptions(), time);
}
