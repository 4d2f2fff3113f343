using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C17: two workers with a vault of blobs are restarted in turns, as an upgrade does, while scans come in; every document is filed once.</summary>
[Trait("Row", "C17")]
[Collection(PostgresTests.Name)]
public sealed class RowC17RollingRestart(PostgresServer server) : IDisposable
{
    private readonly Azurite azurite = new();

    public void Dispose() => azurite.Dispose();

    [Fact]
    public async Task Whoever_is_restarted_every_document_is_filed_once()
    {
        // Restarts, a document or two between each.
        var row = new Row("C17", 4, 150, 600);
        using var fleet = new TrialFleet(2, new FleetPlaces(server.NewDatabase(), azurite.ConnectionString));
        await fleet.StartAsync();
        var random = new Random(17);
        for (var restart = 0; restart < row.Count; restart++)
        {
            fleet.First.Scan((uint)random.Next(1, 40), random.Next(1, 4));
            fleet.First.Scan((uint)random.Next(1, 40), folder: fleet.First.Other);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(3000)), TimeProvider.System);
            var house = fleet.Houses[restart % 2];
            row.Trial(await house.StopAsync() == 0);
            await house.StartAsync();
        }

        var faults = await fleet.FaultsAsync();
        if (faults.Count > 0)
        {
            row.Trial(passed: false);
        }

        row.Report([.. faults, fleet.Log]);
    }
}
