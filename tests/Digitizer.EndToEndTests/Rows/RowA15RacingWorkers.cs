using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row A15: four processes take from one folder; each file becomes one unit, whoever is first.</summary>
[Trait("Row", "A15")]
[Collection(PostgresTests.Name)]
public sealed class RowA15RacingWorkers(PostgresServer server)
{
    private const int Workers = 4;

    [Fact]
    public async Task Each_file_is_taken_by_one_of_four_processes()
    {
        var row = new Row("A15", 160, 5000, 5000);
        using var fleet = new TrialFleet(Workers, new FleetPlaces(server.NewDatabase(), null), arguments: _ => ["--role", "intake"]);
        // There before anybody looks, so that all look at the same.
        for (var i = 0; i < row.Count; i++)
        {
            fleet.First.Scan((uint)(i % 7) + 1);
        }

        await fleet.StartAsync();
        var isTaken = await Eventually.ComesAsync(async () => (await fleet.First.ListAsync()).Balance!.Lines.Single(l => l.Things == "units").Total >= row.Count, TimeSpan.FromMinutes(5));
        var codes = await fleet.StopAsync();

        await using var jobs = await JobStore.OpenAsync(new JobOptions { Engine = JournalEngine.PostgreSql, Connection = fleet.Journal, AuditFile = Path.Combine(fleet.First.State, "look.jsonl") }, TimeProvider.System, default);
        var units = await jobs.UnitsAsync(new UnitFilter(), new Slice(int.MaxValue), default);
        var kept = (await fleet.First.Vault.OriginalsAsync(default).ToListAsync()).ToLookup(o => o.Sha256);
        var taken = units.ToLookup(u => u.Arrival.Sha256);
        foreach (var dropped in fleet.First.All)
        {
            row.Trial(taken[dropped.Sha256].Count() == 1 && kept[dropped.Sha256].Count() == 1 && !File.Exists(dropped.Path));
        }

        var takers = fleet.Houses.Count(house => house.Acknowledged.Count > 0);
        row.Note($"taken by {takers} of {Workers}: {string.Join(", ", fleet.Houses.Select(h => h.Acknowledged.Count))}");
        row.Report([isTaken ? "" : "not all were taken", .. codes.All(c => c == 0) ? [] : new[] { string.Join(' ', codes) }, fleet.Log]);
        Assert.Equal(row.Count, units.Count);
        Assert.True(takers > 1, fleet.Log);
    }
}
