namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>Makes a model of what was measured at one point.</summary>
internal static class Calibration
{
    // Messages to the journal, on average: a claim takes three, a step with its reading and its transition five, taking in four.
    private const double ClaimMessages = 3;
    private const double StepMessages = 5;
    private const double IntakeMessages = 4;

    // What a worker does for a step besides: files, hashes, the audit file.
    private const double StepOwn = 3;

    /// <summary>The house of a measured point: its costs from one point, the machine as it was at another.</summary>
    /// <param name="costs">Gives CPU and the disk's time.</param>
    /// <param name="at">Gives workers and cores: those that nobody else used.</param>
    /// <param name="machineCores">Of the machine.</param>
    public static HouseModel Of(ScalePoint costs, ScalePoint at, double machineCores)
    {
        var worker = costs.WorkerCpu / 1000 / ((HouseModel.Steps * (StepMessages + StepOwn)) + (costs.Claims * ClaimMessages));
        var database = costs.DatabaseCpu / 1000 / ((HouseModel.Steps * StepMessages) + (costs.Claims * ClaimMessages) + IntakeMessages);

        // At full load some of the machine is idle all the same: everybody waits for a disk.
        var usable = Math.Min(1, costs.OwnCores / (machineCores - costs.OthersCores));
        return new HouseModel
        {
            Workers = at.Workers,
            Cores = Math.Max(0.1, (machineCores - at.OthersCores) * usable),
            OneMachine = true,
            ClaimCpu = worker * ClaimMessages,
            ClaimDatabaseCpu = database * ClaimMessages,
            StepCpu = worker * (StepMessages + StepOwn),
            StepDatabaseCpu = database * StepMessages,
            IntakeCpu = costs.IntakeCpu / 1000,
            IntakeDatabaseCpu = database * IntakeMessages,
            Sync = costs.SyncMilliseconds / 1000,
            StorageCpu = costs.StorageCpu / 1000,
        };
    }
}
