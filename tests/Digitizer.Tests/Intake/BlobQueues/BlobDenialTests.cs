using Digitizer.Intake.DropFolders;
using Digitizer.Storage;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Storage that does not let us: people are told what to put right, and then it goes on by itself.</summary>
[Collection(AzuriteTests.Name)]
public sealed class BlobDenialTests(Azurite azurite)
{
    [Fact]
    public async Task A_signature_that_is_over_is_told_and_its_successor_is_read_by_itself()
    {
        using var folder = new TempFolder();
        var secret = folder.File("sas", Azurite.Signature(TimeSpan.FromMinutes(-5)));
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var account = AzureAccount.Create(new AzureAccountOptions { Name = "main", BlobEndpoint = $"http://127.0.0.1:{azurite.BlobPort}/{Azurite.Account}", QueueEndpoint = $"http://127.0.0.1:{azurite.QueuePort}/{Azurite.Account}", SasFile = secret });
        await using var bench = await BlobBench.CreateAsync(azurite, account: account);
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.QueueUnreachable))));
        Assert.Contains("signature over", bench.Alerts.All.First().Message, StringComparison.Ordinal);
        Assert.Empty(await bench.UnitsAsync());

        await File.WriteAllTextAsync(secret, Azurite.Signature(TimeSpan.FromHours(1)));

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));
        Assert.Null(Assert.Single(await bench.UnitsAsync()).Failure);
        Assert.Contains(bench.Alerts.Over, alert => alert.Kind == AlertKind.QueueUnreachable);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told()
    {
        // Azurite takes any clock; Azure takes none that is a quarter of an hour off, and answers so.
        var isWrong = true;
        using var blobs = new FaultProxy(azurite.BlobPort) { Rule = _ => isWrong ? ProxyFault.Denied : ProxyFault.None };
        using var queues = new FaultProxy(azurite.QueuePort);
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));
        bench.Clock.Offset = TimeSpan.FromMinutes(20);
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.QueueUnreachable))));
        Assert.Contains("clock", bench.Alerts.All.First().Message, StringComparison.Ordinal);
        isWrong = false;

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.Null(Assert.Single(await bench.UnitsAsync()).Failure);
    }

    [Fact]
    public async Task A_poison_queue_that_cannot_be_written_holds_up_no_other_message()
    {
        using var blobs = new FaultProxy(azurite.BlobPort);
        using var queues = new FaultProxy(azurite.QueuePort) { Rule = request => request.Target.Contains("-poison", StringComparison.Ordinal) ? ProxyFault.Denied : ProxyFault.None };
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));
        await bench.SendAsync("garbage");
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();

        // The bad one is listed, and waits for its copy.
        Assert.True(await bench.ComesAsync(async () => (await bench.UnitsAsync()).Count == 2 && bench.Alerts.Has(AlertKind.QueueUnreachable)
            && (await bench.Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 1));
    }
}
