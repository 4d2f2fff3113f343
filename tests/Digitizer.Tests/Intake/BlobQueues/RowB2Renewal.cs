using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row B2: what takes several times as long as a message is hidden is taken once: the message stays hidden, by the newest receipt always.</summary>
[Trait("Row", "B2")]
[Collection(AzuriteRows.Name)]
public sealed class RowB2Renewal(Azurite azurite)
{
    private const int Visibility = 2;

    [Fact]
    public async Task A_message_in_hand_stays_hidden_for_as_long_as_its_blob_takes()
    {
        var row = new Row("B2", 4, 20, 100);
        using var blobs = new FaultProxy(azurite.BlobPort)
        {
            Slowness = TimeSpan.FromSeconds(Visibility * 3),
            Rule = request => request.Method == "GET" ? ProxyFault.Slow : ProxyFault.None,
        };
        using var queues = new FaultProxy(azurite.QueuePort);
        await using var bench = await BlobBench.CreateAsync(azurite, o => (o.VisibilitySeconds, o.AtATime) = (Visibility, 20), BlobBench.Through(blobs, queues));
        for (var i = 0; i < row.Count; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToLookup(u => u.Arrival.FileName);
        for (var i = 0; i < row.Count; i++)
        {
            // A message that shows again is handled again, beginning with a look at its blob.
            row.Trial(units[$"{i}.png"].Count() == 1 && blobs.Seen.Count(s => s.Request.Method == "HEAD" && s.Request.Target.EndsWith($"/{i}.png", StringComparison.Ordinal)) == 1);
        }

        var receipts = queues.Seen.Where(s => s.Request.Method == "PUT").Select(s => s.Request.Target).ToList();
        row.Note($"renewals={receipts.Count}");
        row.Report([$"{units.Count} units, {receipts.Count} renewals"]);
        Assert.True(receipts.Count >= row.Count * 3, $"{receipts.Count} renewals");
        Assert.Equal(receipts.Count, receipts.Distinct().Count());
    }
}
