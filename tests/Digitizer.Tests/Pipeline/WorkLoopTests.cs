using Digitizer.Dossiers;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Tests.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Pipeline;

/// <summary>The loop on a real journal, with steps that only end.</summary>
public sealed class WorkLoopTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WorkOptions options = new();
    private readonly List<(WorkKind Kind, int UnderWay)> begun = [];
    private readonly Lock gate = new();
    private Journal journal = null!;
    private int underWay;

    public async Task InitializeAsync() => journal = await Journal.CreateAsync(null);

    public async Task DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task Units_go_all_their_way_and_no_lane_is_wider_than_it_may_be()
    {
        var units = new List<Digitizer.Intake.UnitId>();
        for (var i = 0; i < 12; i++)
        {
            units.Add(await journal.AcceptAsync());
        }

        using var stop = new CancellationTokenSource();
        var running = Loop().RunAsync(stop.Token, CancellationToken.None);
        await ClosedAsync(units, running);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);

        Assert.All(Enum.GetValues<WorkKind>().Except([WorkKind.Group]), kind => Assert.Equal(12, begun.Count(b => b.Kind == kind)));
        Assert.DoesNotContain(begun, b => b.Kind == WorkKind.Group);
        Assert.InRange(begun.Max(b => b.UnderWay), 1, 2 + options.Finishing + options.Delivering);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Told_to_drain_it_ends_what_is_under_way_and_claims_nothing_that_follows()
    {
        var unit = await journal.AcceptAsync();
        using var stop = new CancellationTokenSource();
        await Loop(WorkKind.Page, stop.Cancel).RunAsync(stop.Token, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal([WorkKind.Split, WorkKind.Page], begun.Select(b => b.Kind));
        var work = Assert.Single((await journal.AccountAsync(unit)).Work);
        Assert.Equal((WorkKind.Assemble, WorkState.Queued, 0, null), (work.Kind, work.State, work.Attempt, work.Owner));
    }

    [Fact]
    public async Task Told_to_stop_it_gives_back_what_is_under_way_wherever_in_the_chain()
    {
        var unit = await journal.AcceptAsync();
        using var stop = new CancellationTokenSource();
        await Loop(WorkKind.Assemble, stop.Cancel, isCutShort: true).RunAsync(stop.Token, stop.Token).WaitAsync(Patience);

        var work = Assert.Single((await journal.AccountAsync(unit)).Work);
        Assert.Equal((WorkKind.Assemble, WorkState.Queued, 0), (work.Kind, work.State, work.Attempt));
    }

    private async Task ClosedAsync(IReadOnlyList<Digitizer.Intake.UnitId> units, Task running)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!running.IsCompleted && await timer.WaitForNextTickAsync(patience.Token))
        {
            var states = await Task.WhenAll(units.Select(async unit => (await journal.AccountAsync(unit)).Unit.State));
            if (states.All(state => state == UnitState.Closed))
            {
                return;
            }
        }
    }

    private WorkLoop Loop(WorkKind? at = null, Action? act = null, bool isCutShort = false)
        => new(
            journal.Store,
            Enum.GetValues<WorkKind>().Select(kind => new Step(kind, (item, cancellation) => RunAsync(item, kind == at ? act : null, isCutShort, cancellation))),
            [.. WorkLane.Making(1, options), .. WorkLane.Delivering(options, new StorePause(TimeProvider.System, new Random(1)))],
            options,
            TimeProvider.System,
            NullLogger<WorkLoop>.Instance);

    private async Task RunAsync(WorkItem item, Action? act, bool isCutShort, CancellationToken cancellation)
    {
        lock (gate)
        {
            begun.Add((item.Kind, ++underWay));
        }

        try
        {
            act?.Invoke();
            if (act is not null && isCutShort)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            await EndAsync(item);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private async Task EndAsync(WorkItem item)
    {
        switch (item.Kind)
        {
            case WorkKind.Split:
                await journal.Store.SplitDoneAsync(item, "tiff", 1, default);
                break;
            case WorkKind.Page:
                await journal.Store.PageDoneAsync(item, new PageEnd(PageState.Read, Journal.Digest(1)), new GroupRule(attach: true, needsDossier: true).TryGroup, default);
                break;
            case WorkKind.Assemble:
                await journal.Store.AssembleDoneAsync(item, Journal.Files(item.Unit), default);
                break;
            case WorkKind.Prove:
                await journal.Store.ProveDoneAsync(item, 1, 0, Journal.Digest(99), default);
                break;
            case WorkKind.Deliver:
                await journal.Store.AttachStartedAsync(item, default);
                await journal.Store.AttachedAsync(item, "receipt", default);
                break;
            default:
                await journal.Store.VerifiedAsync(item, default);
                break;
        }
    }

    private sealed class Step(WorkKind kind, Func<WorkItem, CancellationToken, Task> run) : IWorkStep
    {
        public WorkKind Kind => kind;

        public Task RunAsync(WorkItem item, CancellationToken cancellation) => run(item, cancellation);
    }
}
