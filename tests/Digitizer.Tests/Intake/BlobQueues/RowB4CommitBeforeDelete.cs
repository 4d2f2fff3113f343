using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B4: the process goes between commit and deletion; its messages come back to the next one, which knows them.</summary>
[Trait("Row", "B4")]
[Collection(AzuriteRows.Name)]
public sealed class RowB4CommitBeforeDelete(Azurite azurite)
{
    [Fact]
    public async Task What_is_a_unit_already_is_none_again()
    {
        var row = new Row("B4", 8, 50, 500);
        var isCut = true;
        using var blobs = new FaultProxy(azurite.BlobPort);
        using var queues = new FaultProxy(azurite.QueuePort) { Rule = request => isCut && request.Method is "DELETE" or "PUT" ? ProxyFault.Reset : ProxyFault.None };
        await using var bench = await BlobBench.CreateAsync(azurite, o => (o.VisibilitySeconds, o.AtATime) = (1, 32), BlobBench.Through(blobs, queues));
        for (var i = 0; i < row.Count; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        bench.Start();
        Assert.True(await bench.ComesAsync(async () => (await bench.UnitsAsync()).Count == row.Count));
        Assert.False(await bench.IsEmptyAsync());
        await bench.ReopenAsync();
        isCut = false;
        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(units[$"{i}.png"].ToList() is [{ Failure: null } unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)));
        }

        row.Report([$"{units.Sum(u => u.Count())} units"]);
        Assert.Equal(row.Count, bench.Vault.Originals().Count());
    }
}
