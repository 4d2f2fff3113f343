namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>Plays a house through: pages come in, processes ask the journal for work and do it, as <c>WorkLoop</c> does. The same model gives the same figures at every run.</summary>
internal sealed class HouseSimulation
{
    private readonly HouseModel model;
    private readonly Timeline timeline = new();
    private readonly Cores database;
    private readonly List<Cores> machines;
    private readonly Cores intake;
    private readonly CommitLog log;
    private readonly OneByOne storage;
    private readonly Queue<double>[] queues = [.. Enumerable.Range(0, HouseModel.Steps).Select(_ => new Queue<double>())];
    private readonly List<double> claims = [];
    private readonly List<double> pages = [];
    private readonly Random random = new(1);
    private int? keptFull;
    private int arrived;
    private int closed;
    private int inHand;

    private HouseSimulation(HouseModel model)
    {
        this.model = model;
        machines = [.. Enumerable.Range(0, model.OneMachine ? 1 : model.Workers).Select(_ => new Cores(timeline, model.Cores))];
        database = model.OneMachine ? machines[0] : new Cores(timeline, model.DatabaseCores);
        intake = model.OneMachine ? machines[0] : new Cores(timeline, double.MaxValue);
        log = new CommitLog(timeline, model.Sync);
        storage = new OneByOne(intake);
    }

    /// <summary>As much as the house can do.</summary>
    /// <param name="model">The house.</param>
    /// <param name="underWay">Pages at the same time.</param>
    /// <param name="warm">Seconds that are not counted.</param>
    /// <param name="seconds">Those that are.</param>
    public static SimulatedPoint Full(HouseModel model, int underWay = 200, double warm = 5, double seconds = 20)
    {
        var simulation = new HouseSimulation(model) { keptFull = underWay };
        for (var i = 0; i < underWay; i++)
        {
            simulation.Accept();
        }

        return simulation.Run(warm, seconds);
    }

    /// <summary>So many pages come in each second, at times that chance decides.</summary>
    public static SimulatedPoint Offered(HouseModel model, double perSecond, double warm = 5, double seconds = 20)
    {
        var simulation = new HouseSimulation(model);
        simulation.Arrive(perSecond);
        return simulation.Run(warm, seconds);
    }

    private SimulatedPoint Run(double warm, double seconds)
    {
        for (var worker = 0; worker < model.Workers; worker++)
        {
            Start(new Process(machines[model.OneMachine ? 0 : worker], [.. model.Widths.Select((width, number) => new Lane(number, width))]), worker);
        }

        timeline.RunUntil(warm);
        var (before, workers, data, logged) = (closed, machines.Sum(m => m.Used), database.Used, log.Used);
        claims.Clear();
        pages.Clear();
        timeline.RunUntil(warm + seconds);
        var done = closed - before;
        claims.Sort();
        pages.Sort();
        return new SimulatedPoint(
            arrived, closed, inHand + queues.Sum(q => q.Count), done / seconds, At(claims, 0.5), At(claims, 0.99), claims.Count / (double)Math.Max(1, done),
            (machines.Sum(m => m.Used) - workers) / (seconds * machines.Sum(m => m.Count)), (database.Used - data) / (seconds * database.Count), (log.Used - logged) / seconds, At(pages, 0.5));
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];

    private void Arrive(double perSecond) => timeline.After(-Math.Log(1 - random.NextDouble()) / perSecond, () =>
    {
        Accept();
        Arrive(perSecond);
    });

    private void Accept()
    {
        arrived++;
        inHand++;
        intake.Run(model.IntakeCpu, () => database.Run(model.IntakeDatabaseCpu, () => log.Flush(() =>
        {
            inHand--;
            queues[0].Enqueue(timeline.Now);
        })));
    }

    // Not all at the same moment.
    private void Start(Process process, int number)
    {
        foreach (var lane in process.Lanes)
        {
            timeline.After(model.ShortestPoll * number / model.Workers, () => Ask(process, lane));
        }
    }

    private void Ask(Process process, Lane lane)
    {
        var room = lane.Width - lane.Busy;
        if (lane.IsAsking || room == 0)
        {
            return;
        }

        (lane.IsAsking, lane.IsWoken) = (true, false);
        var began = timeline.Now;
        process.Machine.Run(model.ClaimCpu, () => database.Run(model.ClaimDatabaseCpu, () =>
        {
            var items = Take(lane.Number, room);
            inHand += items.Count;
            lane.Busy += items.Count;
            Committed(items.Count > 0, () =>
            {
                claims.Add(timeline.Now - began);
                items.ForEach(item => Work(process, lane, item));
                lane.Patience = items.Count > 0 ? model.ShortestPoll : Math.Clamp(2 * lane.Patience, model.ShortestPoll, model.Poll);
                Asked(process, lane, items.Count < room);
            });
        }));
    }

    private void Committed(bool wrote, Action then)
    {
        if (wrote)
        {
            log.Flush(then);
        }
        else
        {
            then();
        }
    }

    private void Asked(Process process, Lane lane, bool noMore)
    {
        lane.IsAsking = false;
        if (!noMore || lane.IsWoken)
        {
            Ask(process, lane);
            return;
        }

        var asked = ++lane.Waits;
        timeline.After(lane.Patience, () =>
        {
            if (asked == lane.Waits)
            {
                Ask(process, lane);
            }
        });
    }

    private void Work(Process process, Lane lane, (int Step, double Since) item)
    {
        var reading = item.Step == 1 ? model.ReadingCpu : 0;
        process.Machine.Run(model.StepCpu + reading, () => Store(() => database.Run(model.StepDatabaseCpu, () => log.Flush(() => Done(process, lane, item)))));
    }

    private void Store(Action then)
    {
        if (model.StorageCpu > 0)
        {
            storage.Run(model.StorageCpu / HouseModel.Steps, then);
        }
        else
        {
            then();
        }
    }

    private void Done(Process process, Lane lane, (int Step, double Since) item)
    {
        var (wasFull, next) = (lane.Busy == lane.Width, (Step: item.Step + 1, item.Since));
        lane.Busy--;
        if (next.Step == HouseModel.Steps)
        {
            inHand--;
            Close(item.Since);
        }
        else
        {
            GoOn(process, process.Lanes[HouseModel.LaneOf(next.Step)], next);
        }

        if (wasFull && lane.Busy < lane.Width)
        {
            Ask(process, lane);
        }
    }

    // Whoever ends a piece does what follows, where there is room and nobody waits.
    private void GoOn(Process process, Lane lane, (int Step, double Since) next)
    {
        if (queues[next.Step].Count == 0 && lane.Busy < lane.Width)
        {
            lane.Busy++;
            Work(process, lane, next);
        }
        else
        {
            inHand--;
            queues[next.Step].Enqueue(next.Since);
            Wake(process, lane);
        }
    }

    private void Close(double since)
    {
        closed++;
        pages.Add(timeline.Now - since);
        if (keptFull is not null)
        {
            Accept();
        }
    }

    private void Wake(Process process, Lane lane)
    {
        lane.Waits++;
        lane.IsWoken = true;
        Ask(process, lane);
    }

    // Whoever has waited longest goes first, of whichever step.
    private List<(int Step, double Since)> Take(int lane, int room)
    {
        var items = new List<(int, double)>();
        while (items.Count < room)
        {
            var next = -1;
            for (var step = 0; step < HouseModel.Steps; step++)
            {
                if (HouseModel.LaneOf(step) == lane && queues[step].Count > 0 && (next < 0 || queues[step].Peek() < queues[next].Peek()))
                {
                    next = step;
                }
            }

            if (next < 0)
            {
                break;
            }

            items.Add((next, queues[next].Dequeue()));
        }

        return items;
    }

    private sealed record Process(Cores Machine, IReadOnlyList<Lane> Lanes);

    private sealed class Lane(int number, int width)
    {
        public int Number => number;

        public int Width => width;

        public int Busy { get; set; }

        public double Patience { get; set; }

        public bool IsAsking { get; set; }

        public bool IsWoken { get; set; }

        public long Waits { get; set; }
    }
}
