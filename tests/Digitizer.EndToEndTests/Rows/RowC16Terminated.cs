using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Service;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C16: SIGTERM at random moments, with the real recognizer. The service ends within its grace, nothing is lost or doubled,
/// and a document of more than fifty pages goes on where it was: no finished page is read again.
/// </summary>
[Trait("Row", "C16")]
public sealed class RowC16Terminated
{
    private const int LongPages = 60;
    private const int LatestMoment = 6000;

    // What is allowed beyond the grace: the start of a process that is ending, on a machine that does other things too.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Told_to_stop_it_stops_in_time_and_goes_on_later()
    {
        var row = new Row("C16", 1, 20, 100);
        using var house = new TrialHouse(program: TrialHouse.RealProgram);
        var random = new Random(16);
        var reasons = new List<string>();
        house.Scan(1, LongPages);
        for (var i = 0; i < row.Count; i++)
        {
            await house.StartAsync();
            house.Feed((uint)random.Next(2, 20));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LatestMoment)), TimeProvider.System);
            var clock = Stopwatch.StartNew();
            var code = await house.StopAsync();
            var isInTime = clock.Elapsed < Grace + Slack;
            reasons.AddRange(isInTime && code == 0 ? [] : [$"stop {i}: exit {code} after {clock.Elapsed}"]);
            row.Trial(isInTime && code == 0);
        }

        await house.StartAsync();
        Assert.True(await house.SettledAsync(), house.Log);
        reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
        reasons.AddRange(await ReadAgainAsync(house));
        Assert.Equal(0, await house.StopAsync());
        row.Trial(reasons.Count == 0);
        row.Report(reasons);
    }

    // A page's work is begun once, or once more where it was given back unfinished; what it was given back for costs no attempt.
    private static async Task<IEnumerable<string>> ReadAgainAsync(TrialHouse house)
    {
        var unit = (await house.ListAsync()).Units!.Single(u => u.Pages == LongPages);
        var account = (await ControlClient.AskAsync(StatePlace.In(house.State), new JobsRequest("show", unit.Id.ToString()), CancellationToken.None)).Account!;
        return account.Work.Where(w => w.Kind == WorkKind.Page && w.Attempt != 1).Select(w => $"page {w.Page} was begun {w.Attempt} times");
    }
}
