using System.Text.Json.Nodes;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>
/// Row B6: malicious envelopes are refused with their reasons, those among them are taken, and nothing is connected to. D13, the part
/// of blobs: addresses in events that are otherwise right are not looked at.
/// </summary>
[Trait("Row", "B6")]
[Trait("Row", "D13")]
[Collection(AzuriteRows.Name)]
public sealed class RowB6Envelopes(Azurite azurite)
{
    [Fact]
    public async Task Each_is_refused_with_its_reason_and_nobody_is_called()
    {
        var row = new Row("B6", 48, 500, 500);
        using var trap = new Trap();
        await using var bench = await BlobBench.CreateAsync(azurite);
        var envelopes = new EnvelopeGenerator(Azurite.Account, bench.Container.Name, trap.Address);
        for (var i = 0; i < row.Count; i++)
        {
            await bench.SendAsync(envelopes.Create(i));
            if (i % 12 == 0)
            {
                await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
            }
        }

        await bench.DrainAsync();

        var units = await bench.UnitsAsync();
        var refused = units.Where(u => u.Failure is { Kind: FailureKind.MessageInvalid or FailureKind.BlobNotAllowed }).ToList();
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(i < refused.Count && refused[i].Failure!.Message.Length is > 20 and < 400);
        }

        var copies = (await bench.Poison.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        row.Report([$"{refused.Count} refused, {units.Count} units, {copies} copies"]);
        Assert.Equal((row.Count, (row.Count + 11) / 12), (copies, units.Count(u => u.Failure is null)));
        Assert.Equal(0, trap.Calls);
    }

    [Fact]
    public async Task Addresses_in_events_lead_nowhere()
    {
        using var trap = new Trap();
        await using var bench = await BlobBench.CreateAsync(azurite);
        var addresses = new EnvelopeGenerator(Azurite.Account, bench.Container.Name, trap.Address).Addresses;
        var row = new Row("D13", addresses.Count, addresses.Count, addresses.Count);
        foreach (var (i, address) in addresses.Index())
        {
            var version = await bench.UploadAsync($"{i}.png", BlobBench.Page(i));
            var json = JsonNode.Parse(Events.Grid(Azurite.Account, bench.Container.Name, $"{i}.png", version))!;
            json["data"]!["url"] = address;
            json["data"]!["blobUrl"] = address;
            await bench.SendAsync(json.ToJsonString());
        }

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < addresses.Count; i++)
        {
            row.Trial(trap.Calls == 0 && units[$"{i}.png"].ToList() is [{ Failure: null } unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)));
        }

        row.Report([$"{trap.Calls} calls, {units.Count} units"]);
    }
}
