namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>What a house of several workers on one journal is made of, in seconds and pieces. A page is a unit of one page; it is split, read and thereby grouped, assembled, proved, delivered and verified.</summary>
internal sealed record HouseModel
{
    /// <summary>Steps of a page.</summary>
    public const int Steps = 6;

    public required int Workers { get; init; }

    /// <summary>Cores of each machine with workers.</summary>
    public required double Cores { get; init; }

    /// <summary>True: all workers, the database and the storage share the cores of one machine, as in the measurement; false: each worker has a machine.</summary>
    public required bool OneMachine { get; init; }

    /// <summary>Cores of the database's machine, where it has one.</summary>
    public double DatabaseCores { get; init; } = 8;

    /// <summary>CPU of one claim in the worker.</summary>
    public required double ClaimCpu { get; init; }

    /// <summary>CPU of one claim in the database.</summary>
    public required double ClaimDatabaseCpu { get; init; }

    /// <summary>CPU of a step in the worker, of the page's step without reading.</summary>
    public required double StepCpu { get; init; }

    public required double StepDatabaseCpu { get; init; }

    /// <summary>CPU of taking a page in, where that is done on the same machine.</summary>
    public required double IntakeCpu { get; init; }

    public required double IntakeDatabaseCpu { get; init; }

    /// <summary>CPU of reading a page, and of all else that is done with its picture.</summary>
    public double ReadingCpu { get; init; }

    /// <summary>Bringing the write-ahead log to the disk, once for all that wait when it begins.</summary>
    public required double Sync { get; init; }

    /// <summary>What a page's files cost the storage account, which does one thing after another; 0: a local vault.</summary>
    public double StorageCpu { get; init; }

    /// <summary>Pieces of work that a process has at the same time: of split and page, of assemble and prove, of deliver and verify.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [2, 2, 4];

    /// <summary>The wait before the journal is asked again after there was work; doubled each time up to <see cref="Poll"/>.</summary>
    public double ShortestPoll { get; init; } = 0.05;

    /// <summary>The longest wait before the journal is asked again.</summary>
    public double Poll { get; init; } = 1;

    /// <summary>The same where all that computes takes so many times as long.</summary>
    public HouseModel Scaled(double factor) => this with
    {
        ClaimCpu = ClaimCpu * factor, ClaimDatabaseCpu = ClaimDatabaseCpu * factor, StepCpu = StepCpu * factor, StepDatabaseCpu = StepDatabaseCpu * factor,
        IntakeCpu = IntakeCpu * factor, IntakeDatabaseCpu = IntakeDatabaseCpu * factor, StorageCpu = StorageCpu * factor,
    };

    /// <summary>The lane of a step.</summary>
    public static int LaneOf(int step) => step switch { < 2 => 0, < 4 => 1, _ => 2 };
}

/// <summary>What came of a simulated time.</summary>
/// <param name="Arrived">Pages taken in, from the beginning.</param>
/// <param name="Closed">Pages done with, from the beginning.</param>
/// <param name="UnderWay">The difference, counted where the pages are.</param>
/// <param name="PagesPerSecond">After the warm-up.</param>
/// <param name="ClaimP50">Seconds.</param>
/// <param name="ClaimP99">Seconds.</param>
/// <param name="Claims">A page.</param>
/// <param name="WorkerUse">Share of the workers' cores that was used.</param>
/// <param name="DatabaseUse">Share of the database's cores; that of the one machine where all share it.</param>
/// <param name="LogUse">Share of the time that the log was being brought to the disk.</param>
/// <param name="PageP50">Seconds from its commit to its end, the middle page.</param>
internal sealed record SimulatedPoint(
    int Arrived, int Closed, int UnderWay, double PagesPerSecond, double ClaimP50, double ClaimP99, double Claims, double WorkerUse, double DatabaseUse, double LogUse, double PageP50);
