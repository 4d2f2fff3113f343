using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>
/// Rows B7 and B8: blobs are replaced after their event, or between the look at them and their download, their events come in any order, and
/// some are deleted. The newest version is one unit, older ones are listed as replaced, and no unit has bytes of two.
/// </summary>
[Collection(AzuriteRows.Name)]
public sealed class RowB7Replaced(Azurite azurite)
{
    [Fact]
    [Trait("Row", "B7")]
    public async Task The_newest_version_is_taken_once_and_the_older_is_told()
    {
        var row = new Row("B7", 12, 100, 100);
        var replaced = new HashSet<string>();
        using var blobs = new FaultProxy(azurite.BlobPort);
        using var queues = new FaultProxy(azurite.QueuePort);
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));
        for (var i = 0; i < row.Count; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        blobs.Rule = request =>
        {
            // Half are replaced between look and download, the others before anybody looked.
            if (request.Method == "GET" && int.TryParse(Path.GetFileNameWithoutExtension(request.Target), out var i) && i % 2 == 0)
            {
                lock (replaced)
                {
                    if (replaced.Add(request.Target))
                    {
                        bench.Container.GetBlobClient($"{i}.png").Upload(new MemoryStream(BlobBench.Page(10_000 + i)), overwrite: true);
                    }
                }
            }

            return ProxyFault.None;
        };
        for (var i = 1; i < row.Count; i += 2)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(10_000 + i));
        }

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            var (taken, told) = (units[$"{i}.png"].Where(u => u.Failure is null).ToList(), units[$"{i}.png"].Where(u => u.Failure is not null).ToList());
            row.Trial(taken is [var unit] && bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(10_000 + i)) && told is [{ Failure.Kind: FailureKind.BlobReplaced }]);
        }

        row.Report(units.Select(u => $"{u.Key}: {string.Join(", ", u.Select(v => v.Failure?.Kind.ToString() ?? "taken"))}"));
        Assert.Equal((row.Count + 1) / 2, replaced.Count);
    }

    [Fact]
    [Trait("Row", "B8")]
    public async Task In_any_order_no_version_stands_for_another()
    {
        const int Versions = 3;
        var row = new Row("B8", 12, 200, 200);
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.MissingHours = 0);
        var messages = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            for (var v = 0; v < Versions; v++)
            {
                messages.Add(Events.Grid(Azurite.Account, bench.Container.Name, $"{i}.png", await bench.UploadAsync($"{i}.png", BlobBench.Page((v * 10_000) + i))));
            }

            if (i % 3 == 0)
            {
                await bench.Container.DeleteBlobAsync($"{i}.png");
            }
        }

        var shuffled = messages.ToArray();
        new Random(8).Shuffle(shuffled);
        await Parallel.ForEachAsync(shuffled, async (message, _) => await bench.SendAsync(message));

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            var told = units[$"{i}.png"].Select(u => u.Failure?.Kind).Order().ToList();
            row.Trial(i % 3 == 0
                ? told.SequenceEqual([FailureKind.BlobMissing, FailureKind.BlobMissing, FailureKind.BlobMissing])
                : told.SequenceEqual([null, FailureKind.BlobReplaced, FailureKind.BlobReplaced])
                    && bench.Original(units[$"{i}.png"].Single(u => u.Failure is null)).AsSpan().SequenceEqual(BlobBench.Page(((Versions - 1) * 10_000) + i)));
        }

        row.Report(units.Select(u => $"{u.Key}: {string.Join(", ", u.Select(v => v.Failure?.Kind.ToString() ?? "taken"))}"));
    }
}
