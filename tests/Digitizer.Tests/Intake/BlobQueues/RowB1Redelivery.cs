using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B1: each message comes three times, in any order; each blob is one unit, and nothing of the others stays.</summary>
[Trait("Row", "B1")]
[Collection(AzuriteRows.Name)]
public sealed class RowB1Redelivery(Azurite azurite)
{
    [Fact]
    public async Task Each_blob_is_one_unit_however_often_it_is_told_of()
    {
        var row = new Row("B1", 40, 500, 2000);
        await using var bench = await BlobBench.CreateAsync(azurite);
        var (random, messages) = (new Random(1), new List<string>());
        for (var i = 0; i < row.Count; i++)
        {
            var version = await bench.UploadAsync($"{i}.png", BlobBench.Page(i));
            messages.AddRange([Events.Grid(Azurite.Account, bench.Container.Name, $"{i}.png", version), Events.Cloud(Azurite.Account, bench.Container.Name, $"{i}.png", version), Events.Ours(bench.Container.Name, $"{i}.png")]);
        }

        var shuffled = messages.ToArray();
        random.Shuffle(shuffled);
        await Parallel.ForEachAsync(shuffled, async (message, _) => await bench.SendAsync(message));

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(units[$"{i}.png"].ToList() is [{ Failure: null } unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)));
        }

        row.Report([$"{units.Sum(u => u.Count())} units, {bench.Vault.Originals().Count()} originals"]);
        Assert.Equal(row.Count, bench.Vault.Originals().Count());
    }
}
