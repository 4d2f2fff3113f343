using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B9: a tenth of the events never comes; one look through the container finds their blobs.</summary>
[Trait("Row", "B9")]
[Collection(AzuriteTests.Name)]
public sealed class RowB9LostEvents(Azurite azurite)
{
    [Fact]
    public async Task One_sweep_finds_all_that_no_message_told_of()
    {
        var row = new Row("B9", 60, 1000, 5000);
        await using var bench = await BlobBench.CreateAsync(azurite, o => (o.SweepMinutes, o.Prefix) = (60, "in/"));
        var lost = new HashSet<int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, row.Count), async (i, _) =>
        {
            if (i % 10 == 3)
            {
                await bench.UploadAsync($"in/{i}.png", BlobBench.Page(i));
                lock (lost)
                {
                    lost.Add(i);
                }
            }
            else
            {
                await bench.ArriveAsync($"in/{i}.png", BlobBench.Page(i));
            }
        });
        await bench.UploadAsync("elsewhere.png", BlobBench.Page(-1));

        // The first sweep, at the start, comes too early for all of them.
        await bench.DrainAsync();
        Assert.Equal(row.Count - lost.Count, (await bench.UnitsAsync()).Count);
        bench.Clock.Offset = TimeSpan.FromMinutes(3);
        bench.Start();
        await bench.ComesAsync(async () => (await bench.UnitsAsync()).Count >= row.Count);
        await bench.StopAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            row.Trial(units[$"{i}.png"].ToList() is [{ Failure: null } unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)));
        }

        row.Report([$"{units.Count} units, {lost.Count} events lost"]);
        Assert.DoesNotContain(units, u => u.Key == "elsewhere.png");
    }

    [Fact]
    public async Task A_blob_whose_message_may_still_wait_is_left_to_it()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => (o.SweepMinutes, o.AtATime) = (60, 2));
        bench.Clock.Offset = TimeSpan.FromHours(1);
        await bench.UploadAsync("a.png", BlobBench.Page(1));
        await bench.SendAsync(Events.Ours(bench.Container.Name, "a.png", dossier: "000.00.01.H29-260310-0420"));
        bench.IsPaused = true;
        bench.Start();

        // The sweep comes first here: messages are not received, and it does not need to wait for what it does not take.
        Assert.True(await bench.ComesAsync(() => IsDoneAsync(bench)));
        bench.IsPaused = false;
        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.Equal("000.00.01.H29-260310-0420", Assert.Single(await bench.UnitsAsync()).Arrival.Dossier?.Code);
    }

    // Who sweeps holds the chore until it is done.
    private static async Task<bool> IsDoneAsync(BlobBench bench)
        => !await bench.Jobs.TakeChoreAsync("sweep:hang-doi", "test", TimeSpan.FromTicks(1), TimeSpan.FromMinutes(30), default);
}
