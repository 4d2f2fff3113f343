using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row E1, HTTP part: fifty submissions of 300 kB a second for minutes, recognition replaced. All are accepted, soon, and filed once; the
/// service's memory stays flat. The first five seconds of the service's life, when its code is being compiled, are told apart.
/// </summary>
[Trait("Row", "E1")]
public sealed class RowE1Submitted
{
    private const int ASecond = 50;
    private const int ProofEvery = 20;
    private const int Bytes = 300_000;
    private const int MostMilliseconds = 300;
    private const int WarmingUp = 5 * ASecond;

    [Fact]
    public async Task Fifty_submissions_a_second_are_accepted_soon_and_filed_once()
    {
        // Submissions; a fiftieth of a second each.
        var row = new Row("E1", 60, 6000, 72_000);
        using var house = TrialHouse.WithApi(change: TrialHouse.AsDelivered, proofEvery: ProofEvery);
        using var caller = house.Caller();
        await house.StartAsync();
        await TrialHouse.SubmitAsync(caller, house.Draw(1));

        var (milliseconds, cold, answers) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new List<Task>());
        var early = 0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < row.Count; i++)
        {
            var submittal = house.Draw((uint)(1 + (i % 50)), bytes: Bytes);
            var due = TimeSpan.FromSeconds((double)i / ASecond);
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed, TimeProvider.System);
            }

            answers.Add(SubmitAsync(caller, submittal, i < Math.Min(WarmingUp, row.Count / 2) ? cold : milliseconds));
            early = i == row.Count / 4 ? ProcessMemory.PeakMegaBytes(house.Service.Id) : early;
        }

        await Task.WhenAll(answers);
        var submitting = clock.Elapsed;
        Assert.True(await house.SettledAsync(), house.Log);
        var all = clock.Elapsed;
        var memory = ProcessMemory.PeakMegaBytes(house.Service.Id);
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house);
        Assert.Equal(0, await house.StopAsync());
        foreach (var _ in house.All)
        {
            row.Trial(faults.Count == 0);
        }

        var sorted = milliseconds.Order().ToList();
        var (p50, p99) = (sorted[sorted.Count / 2], sorted[(int)(0.99 * (sorted.Count - 1))]);
        row.Note($"submitted at {row.Count / submitting.TotalSeconds:F1} a second of {Bytes / 1000} kB, filed at {row.Count / all.TotalSeconds:F1}; 202 after {p50:F0} ms (p50), {p99:F0} ms (p99), {sorted[^1]:F0} ms (most), while warming up {cold.Max():F0} ms (most); peak memory {early} MB after a quarter, {memory} MB at the end");
        row.Trial(Row.IsReduced || p99 <= MostMilliseconds);
        row.Report([$"p99 {p99:F0} ms", .. faults, .. faults.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }

    private static async Task SubmitAsync(ApiCaller caller, Submittal submittal, ConcurrentBag<double> milliseconds)
    {
        var clock = Stopwatch.StartNew();
        var answer = await TrialHouse.TryAsync(caller, submittal);
        milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        Assert.True(answer?.Status == HttpStatusCode.Accepted, answer?.ToString() ?? "no answer");
    }
}
