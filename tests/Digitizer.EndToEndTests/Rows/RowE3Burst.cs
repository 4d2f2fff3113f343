using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row E3: thousands of files arrive at once, as when a share comes back after a weekend; recognition replaced, poppler proving each
/// twentieth document. All are filed once, right; the service's memory stays below its ceiling.
/// </summary>
[Trait("Row", "E3")]
public sealed class RowE3Burst
{
    private const int ProofEvery = 20;
    private const int MostMegaBytes = 500;

    [Fact]
    public async Task Files_that_come_all_at_once_are_filed_once()
    {
        var row = new Row("E3", 60, 10_000, 10_000);
        using var house = new TrialHouse(change: TrialHouse.AsDelivered) { ProofEvery = ProofEvery };
        await house.StartAsync();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < row.Count; i++)
        {
            house.Scan((uint)(1 + (i % 50)));
        }

        var dropping = clock.Elapsed;
        Assert.True(await house.SettledAsync(), house.Log);
        var all = clock.Elapsed;
        var memory = ProcessMemory.PeakMegaBytes(house.Service.Id);
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house);
        Assert.Equal(0, await house.StopAsync());
        foreach (var _ in house.All)
        {
            row.Trial(faults.Count == 0);
        }

        row.Trial(memory <= MostMegaBytes);
        row.Note($"dropped in {dropping.TotalSeconds:F0} s, filed in {all.TotalSeconds:F0} s; one proof by poppler in {ProofEvery}; peak memory {memory} MB");
        row.Report([$"{memory} MB", .. faults, .. faults.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }
}
