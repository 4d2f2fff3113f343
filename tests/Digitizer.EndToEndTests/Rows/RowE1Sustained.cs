using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row E1, folder part: twenty documents a second for minutes, recognition replaced, poppler proving each twentieth document;
/// all of them are filed once, right, and accepted soon. The service raises no alert and its memory stays flat.
/// </summary>
[Trait("Row", "E1")]
public sealed class RowE1Sustained
{
    private const int ASecond = 20;
    private const int ProofEvery = 20;

    [Fact]
    public async Task Twenty_documents_a_second_are_filed_once()
    {
        // Documents; a twentieth of a second each.
        var row = new Row("E1", 120, 6000, 72_000);
        using var house = new TrialHouse(change: TrialHouse.AsDelivered) { ProofEvery = ProofEvery };
        await house.StartAsync();
        using var accepting = new AcceptanceTimes(house.Drop);
        var clock = Stopwatch.StartNew();
        using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ASecond)))
        {
            for (var i = 0; i < row.Count; i++)
            {
                await timer.WaitForNextTickAsync();
                accepting.Dropped(house.Scan((uint)(1 + (i % 50)), pages: i % 10 == 9 ? 3 : 1).Path);
            }
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

        row.Note($"dropped at {row.Count / dropping.TotalSeconds:F1} a second, filed at {row.Count / all.TotalSeconds:F1}; accepted after {accepting.Percentile(50):F2} s (p50), {accepting.Percentile(99):F2} s (p99); one proof by poppler in {ProofEvery}; peak memory {memory} MB");
        row.Report([.. faults, .. faults.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }
}
