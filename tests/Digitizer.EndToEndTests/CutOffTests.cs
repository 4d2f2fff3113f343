using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.EndToEndTests;

/// <summary>Two workers that are cut off from their database or their storage, at once or without a word, lose and double nothing, and go on when they are let.</summary>
[Collection(PostgresTests.Name)]
public sealed class CutOffTests(PostgresServer server) : IDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);

    private readonly Azurite azurite = new();

    public void Dispose() => azurite.Dispose();

    [Fact]
    public async Task Workers_without_their_database_or_their_storage_go_on_when_they_have_it_again()
    {
        using var toJournal = new CutProxy(server.Port);
        using var toBlobs = new CutProxy(azurite.BlobPort);
        var journal = server.Through(server.NewDatabase(), toJournal.Port) + ";Command Timeout=3;Timeout=3";
        using var fleet = new TrialFleet(2, new FleetPlaces(journal, Azurite.ConnectionOf(toBlobs.Port, azurite.QueuePort), azurite.ConnectionString));
        await fleet.StartAsync();
        foreach (var (outage, number) in new Action[] { toJournal.Cut, toBlobs.Cut, toJournal.Swallow, toBlobs.Swallow }.Select((cut, i) => (cut, (uint)i + 1)))
        {
            for (var i = 0; i < 4; i++)
            {
                fleet.First.Scan(number, pages: 2);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            outage();
            await Task.Delay(Outage, TimeProvider.System);
            toJournal.Mend();
            toBlobs.Mend();
        }

        Assert.Empty(await fleet.FaultsAsync());
        Assert.All(fleet.Houses, house => Assert.False(house.Service.HasExited, house.Log));
        Assert.Equal([0, 0], await fleet.StopAsync());
    }
}
