using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row B11: four workers on PostgreSQL; now one of them is killed, now the database; every document is filed once.</summary>
[Trait("Row", "B11")]
public sealed class RowB11Postgres : IDisposable
{
    private const int Workers = 4;
    private const int Stops = 20;
    private const int ReducedStops = 4;

    // Its own: others would miss theirs.
    private readonly PostgresServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Whoever_is_killed_every_document_is_filed_once()
    {
        var row = new Row("B11", 60, 2000, 10_000);
        var stops = Row.IsReduced ? ReducedStops : Stops;
        using var fleet = new TrialFleet(Workers, new FleetPlaces(server.NewDatabase(), null));
        await fleet.StartAsync();
        var random = new Random(11);
        for (var stop = 0; stop < stops; stop++)
        {
            for (var i = 0; i < row.Count / stops; i++)
            {
                fleet.First.Scan((uint)random.Next(1, 40), folder: i % 5 == 0 ? fleet.First.Other : null);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2500)), TimeProvider.System);
            if (stop % 2 == 0)
            {
                server.StopAtOnce();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2000)), TimeProvider.System);
                server.Start();
            }
            else
            {
                await fleet.Houses[random.Next(Workers)].KillAsync();
            }

            await fleet.StartEndedAsync();
        }

        var faults = await fleet.FaultsAsync();
        foreach (var dropped in fleet.First.All)
        {
            row.Trial(faults.Count == 0 || !faults.Any(fault => fault.Contains($"unit {dropped.Unit}", StringComparison.Ordinal)));
        }

        row.Note($"stops of the database {(stops + 1) / 2}, of a worker {stops / 2}");
        row.Report(faults);
        Assert.Empty(faults);
    }
}
