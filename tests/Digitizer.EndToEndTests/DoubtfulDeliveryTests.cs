using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Worker.Service;
using DossierServer;

namespace Digitizer.EndToEndTests;

/// <summary>A dossier system that takes a document, does not reply and cannot be asked: a person settles it.</summary>
public sealed class DoubtfulDeliveryTests
{
    [Theory]
    [InlineData(nameof(FaultKind.ResetAfter), "confirm")]
    [InlineData(nameof(FaultKind.ResetBefore), "resend")]
    public async Task A_person_says_whether_it_is_there(string fault, string verb)
    {
        using var folder = new TempFolder();
        await using var system = await DossierSystem.StartAsync(folder["system"], o => o.Queryable = false);
        using var house = new TrialHouse(dossiers: system, change: c =>
        {
            var options = c["Service"]!["DossierSystem"]!.AsObject();
            options["Keyed"] = false;
            options["Find"] = new System.Text.Json.Nodes.JsonObject { ["Path"] = "-" };
            options["Content"] = new System.Text.Json.Nodes.JsonObject { ["Path"] = "-" };
        });
        await house.StartAsync();
        system.Order(Enum.Parse<FaultKind>(fault));
        house.Scan(1);
        Assert.True(await house.SettledAsync(), house.Log);
        var unit = (await house.ListAsync()).Units!.Single();
        var account = await AccountAsync(house, unit);
        Assert.Equal(DeliveryState.Uncertain, account.Deliveries.Single().State);

        using var program = new TestProgram();
        var document = account.Documents.Single().Id.ToString();
        var settled = await program.RunAsync("jobs", verb, document, "--state", house.State);
        Assert.True(settled.Code == 0, settled.ToString());
        Assert.Contains(document, settled.Output, StringComparison.Ordinal);
        if (verb == "resend")
        {
            // It takes it now, and cannot show it: again somebody has to look.
            Assert.True(await house.SettledAsync(), house.Log);
            Assert.True(await Eventually.ComesAsync(async () => system.Archive.Applied.Count == 1 && (await AccountAsync(house, unit)).Deliveries.Single().State == DeliveryState.Uncertain, TimeSpan.FromMinutes(1)), house.Log);
            Assert.Equal(0, (await program.RunAsync("jobs", "confirm", document, "--state", house.State)).Code);
        }

        Assert.True(await Eventually.ComesAsync(async () => (await house.ListAsync()).Units!.Single().State == UnitState.Closed, TimeSpan.FromMinutes(1)), house.Log);
        Assert.Single(system.Archive.Applied);

        // There is nothing to settle any more.
        var again = await program.RunAsync("jobs", verb, document, "--state", house.State);
        Assert.True(again.Code == 2, again.ToString());
        Assert.Contains("[ActNotPossible]", again.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await house.StopAsync());
    }

    private static async Task<UnitAccount> AccountAsync(TrialHouse house, JobUnit unit)
        => (await ControlClient.AskAsync(house.State, new JobsRequest("show", unit.Id.ToString()), CancellationToken.None)).Account!;
}
