using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row E8: a service starts with a hundred thousand units pending; it is ready within half a minute, and no larger for it.</summary>
[Trait("Row", "E8")]
[Collection(PostgresTests.Name)]
public sealed class RowE8ManyPending(PostgresServer server)
{
    private const long Ceiling = 512L << 20;

    private static readonly TimeSpan MayTake = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_is_ready_soon_however_much_waits()
    {
        var row = new Row("E8", 2_000, 100_000, 100_000);
        var reasons = new List<string>();
        using var fleet = new TrialFleet(1, new FleetPlaces(server.NewDatabase(), null));
        using var single = new TrialHouse();
        reasons.AddRange(await StartAsync(fleet.First, new JobOptions { Engine = JournalEngine.PostgreSql, Connection = fleet.Journal, AuditFile = Path.Combine(fleet.First.State, "audit.jsonl") }, row));
        reasons.AddRange(await StartAsync(single, new JobOptions { File = Path.Combine(single.State, "journal.db"), AuditFile = Path.Combine(single.State, "audit.jsonl") }, row));
        row.Report(reasons);
    }

    private static async Task<IEnumerable<string>> StartAsync(TrialHouse house, JobOptions options, Row row)
    {
        Directory.CreateDirectory(house.State);
        await using (var jobs = await JobStore.OpenAsync(options, TimeProvider.System, default))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, row.Count), async (number, stop) => await jobs.AcceptAsync(Unit(number), stop));
        }

        var began = Stopwatch.GetTimestamp();
        await house.StartAsync();
        var took = Stopwatch.GetElapsedTime(began);
        house.Service.Refresh();
        var bytes = house.Service.WorkingSet64;
        var waiting = (await house.ListAsync()).Balance!.Lines.Single(l => l.Things == "units").Total;
        await house.KillAsync();
        row.Note($"{options.Engine}: ready after {took.TotalSeconds:0.0} s with {bytes >> 20} MB");
        var isGood = waiting == row.Count && bytes <= Ceiling && (Row.IsReduced || took <= MayTake);
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(isGood);
        }

        return isGood ? [] : [$"{options.Engine}: {waiting} units, {took}, {bytes >> 20} MB", house.Log];
    }

    private static NewUnit Unit(int number) => new()
    {
        Id = UnitId.New(TimeProvider.System),
        Source = "archive",
        ArrivalKey = $"archive/{number}",
        Name = [0x61],
        ShownName = "a.png",
        Bytes = 1,
        Sha256 = $"{number:x64}",
        ReceivedAt = TimeProvider.System.GetUtcNow(),
    };
}
