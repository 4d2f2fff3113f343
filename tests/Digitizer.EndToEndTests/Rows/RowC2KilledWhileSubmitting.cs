using System.Net;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C2, HTTP: kill -9 at random moments while other systems submit. Every 202 is in custody, every retry with its key gives the same
/// submission, and every document is in its dossier once.
/// </summary>
[Trait("Row", "C2")]
public sealed class RowC2KilledWhileSubmitting
{
    private const int AtATime = 8;
    private const int LatestKill = 600;

    [Fact]
    public async Task Whenever_the_service_is_killed_every_202_is_kept_and_every_retry_is_the_same()
    {
        var row = new Row("C2", 16, 200, 2000);
        using var house = TrialHouse.WithApi();
        using var caller = house.Caller();
        var random = new Random(3);
        var reasons = new List<string>();
        await house.StartAsync();
        for (var left = row.Count; left > 0 && reasons.Count == 0; left -= AtATime)
        {
            reasons.AddRange(await RoundAsync(house, caller, Math.Min(AtATime, left), random, row));
        }

        Assert.True(await house.SettledAsync(), house.Log);
        reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
        row.Trial(reasons.Count == 0);
        Assert.Equal(0, await house.StopAsync());
        row.Report([.. reasons, .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }

    // Some uploads at the same time, the kill in the middle; then all of them again.
    private static async Task<IReadOnlyList<string>> RoundAsync(TrialHouse house, ApiCaller caller, int count, Random random, Row row)
    {
        var submittals = Enumerable.Range(0, count).Select(_ => house.Draw((uint)random.Next(1, 20), random.Next(1, 4), random.Next(2_000_000))).ToList();
        var first = submittals.Select(s => TrialHouse.TryAsync(caller, s)).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LatestKill)), TimeProvider.System);
        await house.KillAsync();
        var before = await Task.WhenAll(first);
        await house.StartAsync();
        var reasons = new List<string>();
        foreach (var (submittal, answer) in submittals.Zip(before))
        {
            var again = await TrialHouse.SubmitAsync(caller, submittal);
            var isSame = answer?.Status != HttpStatusCode.Accepted || (answer.Id == again.Id && again.Headers.ContainsKey("Idempotency-Replayed"));
            row.Trial(isSame);
            reasons.AddRange(isSame ? [] : [$"{submittal.Key} was {answer!.Id} and is {again.Id}"]);
        }

        return reasons;
    }
}
