using System.Collections.Concurrent;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.BlobQueues;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B9: a tenth of the events never comes; one look through the container finds their blobs.</summary>
[Trait("Row", "B9")]
[Collection(AzuriteRows.Name)]
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
    public async Task A_blob_whose_message_may_still_wait_is_left_to_it_and_what_is_known_or_half_there_is_left_alone()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        using var account = azurite.Open();
        await bench.ArriveAsync("known.png", BlobBench.Page(0));
        await bench.DrainAsync();
        await bench.UploadAsync("a.png", BlobBench.Page(1));
        await bench.UploadAsync("begun.png", []);
        await bench.UploadAsync("folder", [], new() { ["hdi_isfolder"] = "true" });
        await bench.SendAsync(Events.Ours(bench.Container.Name, "a.png", dossier: "000.00.01.H29-260310-0420"));
        var found = new ConcurrentQueue<string>();
        var sweep = new BlobSweep(bench.Options, account, new BlobReceiver(bench.Jobs, () => { }, () => false), Take, bench.Clock, NullLogger.Instance);
        bench.Clock.Offset = TimeSpan.FromMinutes(30);

        await sweep.RunAsync(TimeSpan.Zero, bench.Queue, default);
        Assert.Empty(found);
        await bench.Queue.ClearMessagesAsync();
        await sweep.RunAsync(TimeSpan.FromHours(1), bench.Queue, default);
        Assert.Empty(found);
        await sweep.RunAsync(TimeSpan.Zero, bench.Queue, default);
        Assert.Equal(["a.png"], found);
        bench.Clock.Offset = TimeSpan.FromHours(2);
        await sweep.RunAsync(TimeSpan.FromHours(1), bench.Queue, default);
        Assert.Equal(["a.png", "a.png", "begun.png"], found.Order(StringComparer.Ordinal));

        Task<TakeOutcome> Take(WantedBlob blob, CancellationToken cancellation)
        {
            found.Enqueue(blob.Blob);
            return Task.FromResult(new TakeOutcome(TakeResult.Taken));
        }
    }
}
