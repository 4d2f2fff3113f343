using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B10: storage fails in every way, three times of ten; nothing is lost or doubled, and it is not run over while it is down.</summary>
[Trait("Row", "B10")]
[Collection(AzuriteRows.Name)]
public sealed class RowB10Outage(Azurite azurite)
{
    private static readonly ProxyFault[] Faults = [ProxyFault.Busy, ProxyFault.Reset, ProxyFault.CutAfter, ProxyFault.Twice, ProxyFault.CutInside, ProxyFault.Slow, ProxyFault.Rubbish];

    [Fact]
    public async Task Whatever_storage_does_each_blob_is_one_unit()
    {
        var row = new Row("B10", 25, 300, 1500);
        var random = new Random(10);
        Func<ProxiedRequest, ProxyFault> rule = _ =>
        {
            lock (random)
            {
                return random.Next(10) < 3 ? Faults[random.Next(Faults.Length)] : ProxyFault.None;
            }
        };
        using var blobs = new FaultProxy(azurite.BlobPort) { Rule = rule, Slowness = TimeSpan.FromMilliseconds(200) };
        using var queues = new FaultProxy(azurite.QueuePort) { Rule = rule, Slowness = TimeSpan.FromMilliseconds(200) };
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));
        for (var i = 0; i < row.Count; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        bench.Start();
        await bench.ComesAsync(bench.IsEmptyAsync);
        await bench.StopAsync();
        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(units[$"{i}.png"].ToList() is [{ Failure: null } unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)));
        }

        var faults = blobs.Seen.Concat(queues.Seen).Count(s => s.Fault != ProxyFault.None);
        row.Note($"faults={faults} requests={blobs.Seen.Count + queues.Seen.Count}");
        row.Report([$"{units.Sum(u => u.Count())} units, {faults} faults, alerts: {string.Join(", ", bench.Alerts.All.Select(a => a.Message))}"]);
        Assert.Equal(row.Count, bench.Vault.Originals().Count());
    }

    [Fact]
    public async Task Downloads_that_break_off_again_and_again_are_not_the_blobs_fault()
    {
        var isDown = true;
        using var blobs = new FaultProxy(azurite.BlobPort) { Rule = request => isDown && request.Method == "GET" ? ProxyFault.CutInside : ProxyFault.None };
        using var queues = new FaultProxy(azurite.QueuePort);
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.Attempts = 1, BlobBench.Through(blobs, queues));
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.QueueUnreachable))));
        isDown = false;

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.Null(Assert.Single(await bench.UnitsAsync()).Failure);
    }

    [Fact]
    public async Task While_it_is_down_it_is_left_alone_longer_and_longer_and_people_are_told()
    {
        var isDown = true;
        Func<ProxiedRequest, ProxyFault> rule = _ => isDown ? ProxyFault.Reset : ProxyFault.None;
        using var blobs = new FaultProxy(azurite.BlobPort) { Rule = rule };
        using var queues = new FaultProxy(azurite.QueuePort) { Rule = rule };
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.QueueUnreachable))));
        await Eventually.ComesAsync(() => false, TimeSpan.FromSeconds(4));
        var asked = queues.Seen.Count;
        isDown = false;

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.InRange(asked, 2, 24);
        Assert.Contains(bench.Alerts.Over, alert => alert.Kind == AlertKind.QueueUnreachable);
        Assert.Null(Assert.Single(await bench.UnitsAsync()).Failure);
    }
}
