using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Vault;

namespace Digitizer.Tests.Service;

/// <summary>What was filed over HTTP is read back over HTTP.</summary>
public sealed class HoldingsCheckTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder folder = new();
    private JobStore jobs = null!;

    private LocalVault Vault => LocalVault.Open(folder["vault"], TimeProvider.System);

    public async Task InitializeAsync() => jobs = await JobStore.OpenAsync(new JobOptions { File = folder["journal.db"], AuditFile = folder["audit.jsonl"] }, TimeProvider.System, default);

    public async Task DisposeAsync() => await jobs.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_dossier_system_is_asked_for_every_document_and_not_endlessly_while_it_is_down()
    {
        await using (var system = await DossierSystem.StartAsync(folder["system"]))
        {
            var store = system.Store();
            var maker = new KeptUnits(jobs, Vault, store, TimeProvider.System);
            for (var i = 0; i < 30; i++)
            {
                await maker.AddAsync(i);
            }

            var good = new HoldingsCheck(Vault, store, TimeProvider.System);
            Assert.Empty(await FaultsAsync(good));
            Assert.Equal(30, good.Compared);

            foreach (var pdf in Directory.EnumerateFiles(folder["system"], "*", SearchOption.AllDirectories).Where(f => File.ReadAllText(f) == "pdf 7"))
            {
                File.WriteAllText(pdf, "pdf 8");
            }

            Assert.Contains("holds other bytes", Assert.Single(await FaultsAsync(good)), StringComparison.Ordinal);
        }

        await using var other = await DossierSystem.StartAsync(folder["other"]);
        var empty = new HoldingsCheck(Vault, other.Store(), TimeProvider.System);
        Assert.Equal(30, (await FaultsAsync(empty)).Count(f => f.Contains("holds it no longer", StringComparison.Ordinal)));

        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var address = "http://" + listener.LocalEndpoint + "/";
        listener.Stop();
        var down = new HoldingsCheck(Vault, other.Store(o => (o.Address, o.Repeats) = (address, 0)), TimeProvider.System);
        Assert.InRange((await FaultsAsync(down)).Count, 20, 25);
        Assert.True(down.HasGivenUp);
    }

    private async Task<List<string>> FaultsAsync(HoldingsCheck check)
    {
        var faults = new List<string>();
        foreach (var holding in await jobs.HoldingsAsync(new Slice(1000), default))
        {
            faults.AddRange(await check.FaultsAsync(holding, default));
        }

        return faults;
    }
}
