using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests;

/// <summary>The database's server is lost, and the one that followed it takes over.</summary>
public sealed class FailoverTests : IDisposable
{
    private const int Scans = 16;

    private readonly PostgresServer primary = new();
    private readonly PostgresServer standby;

    public FailoverTests() => standby = primary.Follow();

    public void Dispose()
    {
        standby.Dispose();
        primary.Dispose();
    }

    [Fact]
    public async Task Workers_go_on_with_the_server_that_took_over_and_every_document_is_filed_once()
    {
        using var fleet = new TrialFleet(2, new FleetPlaces(primary.With(standby, primary.NewDatabase()), null));
        await fleet.StartAsync();
        Scan(fleet);
        await ServiceUnderTest.UntilAsync(() => fleet.First.FiledDocuments().Count > 0);

        primary.StopAtOnce();
        Scan(fleet);
        standby.Promote();

        Assert.Empty(await fleet.FaultsAsync());
        Assert.All(fleet.Houses, house => Assert.False(house.Service.HasExited));
        Assert.Equal(2 * Scans, fleet.First.FiledDocuments().Count);
    }

    private static void Scan(TrialFleet fleet)
    {
        for (var i = 0u; i < Scans; i++)
        {
            fleet.First.Scan(i + 1);
        }
    }
}
