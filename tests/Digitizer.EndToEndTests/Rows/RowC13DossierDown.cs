using Digitizer.Dossiers;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C13: the dossier system is down for an hour of virtual time. Nothing is lost, the order stays, and it is not run over.</summary>
[Trait("Row", "C13")]
public sealed class RowC13DossierDown
{
    /// <summary>At most one try a half minute, and the first ones that find out.</summary>
    private const int MostTries = 130;

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly List<TimeSpan> tries = [];

    [Fact]
    public async Task After_an_hour_everything_is_attached_in_order()
    {
        var row = new Row("C13", 30, 100, 300);
        using var folder = new TempFolder();
        var attachments = new DossierAttachments(folder);
        var waiting = new Queue<Attachment>(Enumerable.Range(0, row.Count).Select(i => attachments.Create(i)));
        var order = waiting.Select(a => a.Key.ToString()).ToList();
        var pause = new StorePause(time, new Random(1));

        // Nothing listens on this port until the hour is over.
        var address = FreeAddress();
        await using (var down = await DossierSystem.StartAsync(folder["other"]))
        {
            using var store = down.Store(o => (o.Address, o.Repeats) = (address + "/", 0), time);
            await RunAsync(new AttachProtocol(store), waiting, pause, until: time.GetUtcNow().AddHours(1));
        }

        var failed = tries.Count;
        Assert.Equal(row.Count, waiting.Count);
        Assert.InRange(failed, 30, MostTries);
        var gaps = tries.Zip(tries.Skip(1), (a, b) => b - a).Skip(10);
        Assert.All(gaps, gap => Assert.InRange(gap.TotalSeconds, 29, 61));

        await using var system = await DossierSystem.StartAsync(folder["system"], o => o.Url = address);
        using var back = system.Store(o => o.Repeats = 0, time);
        var returned = time.GetUtcNow();
        await RunAsync(new AttachProtocol(back), waiting, pause, until: returned.AddHours(1));
        Assert.InRange((time.GetUtcNow() - returned).TotalSeconds, 0, 61);
        var there = system.Archive.Applied.Select(d => d.Key).ToList();
        foreach (var (wanted, i) in order.Select((k, i) => (k, i)))
        {
            row.Trial(i < there.Count && there[i] == wanted);
        }

        Assert.Equal(row.Count, there.Count);
        row.Report([$"{failed} tries while down, {there.Count} attached"]);
    }

    // As the service does: while the store is down nothing is claimed; the first in order is tried when the pause is over.
    private async Task RunAsync(AttachProtocol protocol, Queue<Attachment> waiting, StorePause pause, DateTimeOffset until)
    {
        var started = time.GetUtcNow();
        while (waiting.TryPeek(out var next) && time.GetUtcNow() < until)
        {
            if (pause.Remaining is var rest && rest > TimeSpan.Zero)
            {
                time.Advance(rest);
                continue;
            }

            tries.Add(time.GetUtcNow() - started);
            var result = await protocol.DeliverAsync(next, mayHaveBeenSent: false, TimeSpan.Zero, CancellationToken.None);
            pause.Note(result);
            if (result.Outcome == DeliveryOutcome.Attached)
            {
                waiting.Dequeue();
            }
            else
            {
                Assert.True(result is { Outcome: DeliveryOutcome.Later, IsUntouched: true, IsStoreDown: true }, result.ToString());
            }
        }
    }

    private static string FreeAddress()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return "http://" + listener.LocalEndpoint;
    }
}
