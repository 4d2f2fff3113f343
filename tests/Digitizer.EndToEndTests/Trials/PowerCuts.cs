using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Worker.Service;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>A service on a disk of its own, from which the power is taken again and again.</summary>
internal sealed class PowerCuts : IDisposable
{
    private const int LatestCut = 1500;

    private readonly LoopDisk disk;
    private readonly Random random;

    public PowerCuts(LoopDisk disk, Random random)
    {
        (this.disk, this.random) = (disk, random);
        House = new TrialHouse(Directory.CreateDirectory(Path.Combine(disk.Root, "house")).FullName);
    }

    public TrialHouse House { get; }

    /// <summary>One cut: at a random moment, or after the service has stood still at a point.</summary>
    /// <param name="failpoints">Where it stands still, or null.</param>
    /// <param name="inside">What it runs in, or null.</param>
    /// <returns>What is wrong after it: units that were acknowledged and are gone, a journal that does not open.</returns>
    public async Task<IReadOnlyList<string>> CutAsync(string? failpoints = null, IReadOnlyList<string>? inside = null)
    {
        await House.StartAsync(failpoints, inside);
        var moment = Task.Delay(TimeSpan.FromMilliseconds(random.Next(LatestCut)), TimeProvider.System);
        House.Feed((uint)random.Next(1, 20));
        await moment;
        disk.Cut();
        var acknowledged = House.Acknowledged;
        await House.KillAsync();
        await RestartAsync();
        return await MissingAsync(acknowledged);
    }

    public void Dispose() => House.Dispose();

    // Page-workers end with their parent, a moment later.
    private async Task RestartAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!disk.TryRestart())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyCollection<string> acknowledged)
    {
        try
        {
            await using var jobs = await JobStore.OpenAsync(StatePlace.In(House.State).Journal, TimeProvider.System, CancellationToken.None);
            var missing = new List<string>();
            foreach (var text in acknowledged)
            {
                Assert.True(UnitId.TryParse(text, out var unit));
                if (await jobs.UnitAsync(unit, CancellationToken.None) is null)
                {
                    missing.Add($"unit {text} was acknowledged and is not in the journal");
                }
            }

            return missing;
        }
        catch (Failures.DigitizerException e)
        {
            return [e.Message];
        }
    }
}
