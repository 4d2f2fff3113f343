using Digitizer.Benchmarks.Scale;
using Digitizer.Benchmarks.Scale.Simulation;
using Digitizer.Tests.Architecture;

namespace Digitizer.Tests.Scale;

public sealed class HouseSimulationTests
{
    private const double Near = 0.15;

    private static readonly HouseModel House = new()
    {
        Workers = 2, Cores = 2, OneMachine = true, ClaimCpu = 0.0005, ClaimDatabaseCpu = 0.0005, StepCpu = 0.001, StepDatabaseCpu = 0.001, IntakeCpu = 0.001, IntakeDatabaseCpu = 0.001, Sync = 0.001,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_page_that_came_in_is_done_with_or_under_way(int workers)
    {
        foreach (var point in new[] { HouseSimulation.Full(House with { Workers = workers }), HouseSimulation.Offered(House with { Workers = workers }, 30) })
        {
            Assert.True(point.Closed > 100, $"{point}");
            Assert.Equal(point.Arrived, point.Closed + point.UnderWay);
        }
    }

    [Fact]
    public void Measured_points_come_out_within_15_percent()
    {
        var compared = Comparison.Of(ScaleFigures.Load(Path.Combine(Repository.Root, "docs", "evidence", "scale.json"))).ToList();
        Assert.Equal([1, 2, 4, 8, 1, 2, 4, 8], compared.Select(c => c.Measured.Workers));
        Assert.All(compared, c => Assert.InRange(c.Simulated.PagesPerSecond / c.Measured.PagesPerSecond, 1 - Near, 1 + Near));
    }

    [Fact]
    public void A_house_without_work_asks_no_more_often_than_it_should()
    {
        // Three lanes of two processes, of which most wait a second.
        var point = HouseSimulation.Offered(House, 0.5, warm: 60, seconds: 200);
        Assert.InRange(point.Claims * point.PagesPerSecond, 3, 30);
    }

    [Fact]
    public void The_same_house_gives_the_same_figures()
        => Assert.Equal(HouseSimulation.Offered(House, 20), HouseSimulation.Offered(House, 20));

    [Fact]
    public void What_comes_in_below_what_can_be_done_comes_out()
    {
        var full = HouseSimulation.Full(House).PagesPerSecond;
        Assert.InRange(HouseSimulation.Offered(House, full / 2, seconds: 120).PagesPerSecond / (full / 2), 1 - Near, 1 + Near);
    }

    /// <summary>One core whose work is of the same size and comes by chance: M/D/1, whose time is s + ρs / 2(1 − ρ).</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void A_server_that_does_one_thing_after_another_keeps_people_waiting_as_the_formula_says(double use)
    {
        const double Service = 0.01;
        var (timeline, random, times) = (new Timeline(), new Random(1), new List<double>());
        var server = new OneByOne(new Cores(timeline, 1));
        Arrive();
        timeline.RunUntil(2000);
        Assert.InRange(times.Average() / (Service + (use * Service / (2 * (1 - use)))), 0.95, 1.05);

        void Arrive() => timeline.After(-Math.Log(1 - random.NextDouble()) * Service / use, () =>
        {
            var came = timeline.Now;
            server.Run(Service, () => times.Add(timeline.Now - came));
            Arrive();
        });
    }

    /// <summary>Work that is shared evenly: M/G/1 with processor sharing, whose mean time is s / (1 − ρ) whatever the work's distribution.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Cores_that_are_shared_evenly_take_the_time_that_the_formula_says(double use)
    {
        const double Service = 0.01;
        var (timeline, random, times) = (new Timeline(), new Random(1), new List<double>());
        var cores = new Cores(timeline, 1);
        Arrive();
        timeline.RunUntil(4000);
        Assert.InRange(times.Average() / (Service / (1 - use)), 0.93, 1.07);
        Assert.InRange(cores.Used / timeline.Now / use, 0.98, 1.02);

        void Arrive() => timeline.After(-Math.Log(1 - random.NextDouble()) * Service / use, () =>
        {
            var came = timeline.Now;
            cores.Run(-Math.Log(1 - random.NextDouble()) * Service, () => times.Add(timeline.Now - came));
            Arrive();
        });
    }

    [Fact]
    public void All_that_wait_for_the_log_when_it_is_written_are_done_together()
    {
        var (timeline, done) = (new Timeline(), new List<double>());
        var log = new CommitLog(timeline, 1);
        for (var i = 0; i < 5; i++)
        {
            log.Flush(() => done.Add(timeline.Now));
        }

        timeline.RunUntil(10);
        Assert.Equal([1, 2, 2, 2, 2], done);
        Assert.Equal(2, log.Used);
    }
}
