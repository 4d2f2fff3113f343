using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row B3: a worker is stopped for longer than its lease while it has work in hand; another does that work; the first goes on where it was.
/// What it then writes down is refused, and every document is filed once, with each page once.
/// </summary>
[Trait("Row", "B3")]
[Collection(PostgresTests.Name)]
public sealed class RowB3LeaseLost(PostgresServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_a_worker_that_slept_writes_down_is_refused()
    {
        var row = new Row("B3", 4, 30, 300);
        using var fleet = new TrialFleet(2, new FleetPlaces(server.NewDatabase(), null));
        await fleet.StartAsync();
        var reasons = new List<string>();
        for (var trial = 0; trial < row.Count && reasons.Count == 0; trial++)
        {
            var isGood = await SleepAsync(fleet, fleet.Houses[trial % 2], (uint)(trial % 50) + 1);
            row.Trial(isGood);
            reasons.AddRange(isGood ? [] : [$"trial {trial}", fleet.Log]);
        }

        var faults = await fleet.FaultsAsync();
        row.Note($"writings that were refused: {fleet.Said("no longer ours")}");
        if (faults.Count > 0)
        {
            row.Trial(passed: false);
        }

        row.Report([.. reasons, .. faults]);
    }

    private static async Task<bool> SleepAsync(TrialFleet fleet, TrialHouse sleeper, uint dossier)
    {
        var before = Refused(sleeper);
        for (var i = 0; i < 3; i++)
        {
            fleet.First.Scan(dossier, pages: 3);
        }

        if (!await Eventually.ComesAsync(async () => await fleet.InHandAsync(sleeper) > 0, Patience))
        {
            return false;
        }

        TestProgram.Signal(sleeper.Service, "STOP");
        var hadSomething = await fleet.InHandAsync(sleeper) > 0;
        var isRescued = await Eventually.ComesAsync(async () => await fleet.InHandAsync(sleeper) == 0, Patience);
        TestProgram.Signal(sleeper.Service, "CONT");

        // It may have been stopped between two pieces of work: then there is nothing to refuse.
        return isRescued && (!hadSomething || await Eventually.ComesAsync(() => Refused(sleeper) > before, Patience));
    }

    private static int Refused(TrialHouse house) => house.Said.Count(line => line.Contains("no longer ours", StringComparison.Ordinal));
}
