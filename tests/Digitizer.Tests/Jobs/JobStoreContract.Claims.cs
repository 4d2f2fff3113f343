using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_claim_counts_an_attempt_and_raises_the_epoch()
    {
        var unit = await journal.AcceptAsync();
        var first = await journal.TakeAsync(WorkKind.Split);
        await Store.FailAsync(first, FailureKind.Internal, "again", journal.Time.GetUtcNow(), default);
        journal.Time.Advance(TimeSpan.FromSeconds(1));

        var second = await journal.TakeAsync(WorkKind.Split);

        Assert.Equal((unit, 1, 2), (first.Unit, first.Attempt, second.Attempt));
        Assert.True(second.Epoch > first.Epoch);
        Assert.Equal(UnitState.Splitting, (await journal.AccountAsync(unit)).Unit.State);
    }

    [Fact]
    public async Task Work_given_back_or_put_off_costs_no_attempt()
    {
        await journal.AcceptAsync();
        await Store.GiveBackAsync(await journal.TakeAsync(WorkKind.Split), default);
        await Store.PostponeAsync(await journal.TakeAsync(WorkKind.Split), journal.Time.GetUtcNow().AddHours(1), new Failure(FailureKind.JournalUnavailable, "later"), default);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Split));

        journal.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await journal.TakeAsync(WorkKind.Split)).Attempt);
    }

    [Fact]
    public async Task Nothing_can_be_done_with_a_claim_that_another_has_taken_over()
    {
        await journal.SplitAsync(1);
        var lost = await journal.TakeAsync(WorkKind.Page);
        journal.Time.Advance(Journal.Lease * 2);
        Assert.Equal(new Rescued(1, 0), await Store.RescueAsync(default));
        var held = await journal.TakeAsync(WorkKind.Page);

        await AssertLostAsync(() => journal.ReadAsync(lost));
        await AssertLostAsync(() => Store.RenewAsync(lost, Journal.Lease, default));
        await AssertLostAsync(() => Store.GiveBackAsync(lost, default));
        await AssertLostAsync(() => Store.PostponeAsync(lost, journal.Time.GetUtcNow(), new Failure(FailureKind.Internal, ""), default));
        await AssertLostAsync(() => Store.FailAsync(lost, FailureKind.Internal, "", null, default));
        Assert.Equal(PageState.Waiting, (await Store.PagesOfUnitAsync(lost.Unit, default))[0].State);
        await journal.ReadAsync(held);
        await AssertLostAsync(() => journal.ReadAsync(held));
    }

    [Fact]
    public async Task A_renewed_claim_is_not_rescued()
    {
        await journal.AcceptAsync();
        var item = await journal.TakeAsync(WorkKind.Split);
        for (var i = 0; i < 5; i++)
        {
            journal.Time.Advance(Journal.Lease * 0.9);
            await Store.RenewAsync(item, Journal.Lease, default);
            Assert.Equal(new Rescued(0, 0), await Store.RescueAsync(default));
        }

        journal.Time.Advance(Journal.Lease * 1.1);
        Assert.Equal(new Rescued(1, 0), await Store.RescueAsync(default));
    }

    [Fact]
    public async Task What_loses_its_owner_every_time_is_quarantined()
    {
        var unit = await journal.AcceptAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await journal.TakeAsync(WorkKind.Split);
            journal.Time.Advance(Journal.Lease * 2);
            Assert.Equal(attempt < 3 ? new Rescued(1, 0) : new Rescued(0, 1), await Store.RescueAsync(default));
        }

        var account = await journal.AccountAsync(unit);
        Assert.Equal((UnitState.Exception, FailureKind.WorkAbandoned), (account.Unit.State, account.Unit.Failure!.Kind));
        await journal.AssertBalancedAsync();
        Assert.Equal(1, await Store.RetryAsync(unit, "an", default));
        Assert.Equal(1, (await journal.TakeAsync(WorkKind.Split)).Attempt);
        await journal.AssertBalancedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_fails_for_good_is_unreadable_and_its_unit_goes_on(bool byRescue)
    {
        var unit = await journal.SplitAsync(2);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var item = await journal.TakeAsync(WorkKind.Page);
            if (byRescue)
            {
                journal.Time.Advance(Journal.Lease * 2);
                await Store.RescueAsync(default);
            }
            else
            {
                // With a time to try again, but no attempt left the third time.
                Assert.Equal(attempt < 3 ? WorkState.Queued : WorkState.Quarantined, await Store.FailAsync(item, FailureKind.PageWorkerCrashed, "…", journal.Time.GetUtcNow(), default));
                journal.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(PageState.Unreadable, (await journal.AccountAsync(unit)).Pages[1].State);
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Group));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Lower_priority_numbers_go_first()
    {
        await journal.SplitAsync(3);
        var urgent = await journal.SplitAsync(1, u => u with { Priority = 10 });

        Assert.Equal(urgent, (await journal.TakeAsync(WorkKind.Page)).Unit);
    }

    [Fact]
    public async Task A_large_unit_does_not_starve_a_small_one()
    {
        await journal.SplitAsync(2000);
        for (var i = 0; i < 50; i++)
        {
            await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        }

        var small = await journal.SplitAsync(1);
        var order = await Store.ClaimAsync([WorkKind.Page], "test", Journal.Lease, 10, default);

        Assert.InRange(order.ToList().FindIndex(i => i.Unit == small), 0, 2);
    }

    [Fact]
    public async Task New_small_units_do_not_starve_an_old_large_one()
    {
        const int pages = 30;
        var large = await journal.SplitAsync(pages);
        var done = 0;
        var rounds = 0;
        // Small units come faster than they can be done: two for each page that is read.
        for (; done < pages && rounds < 4 * pages; rounds++)
        {
            await journal.SplitAsync(1);
            await journal.SplitAsync(1);
            var item = await journal.TakeAsync(WorkKind.Page);
            await journal.ReadAsync(item);
            done += item.Unit == large ? 1 : 0;
            Assert.True(done > 0 || rounds < 5, "The large unit has not begun.");
        }

        // Its turn comes round again and again, although each round is longer than the one before.
        Assert.True(done >= 4, $"{done} pages of the large unit in {rounds} rounds");
    }

    [Fact]
    public async Task Units_of_equal_size_share()
    {
        var units = new[] { await journal.SplitAsync(20), await journal.SplitAsync(20), await journal.SplitAsync(20) };

        var order = await Store.ClaimAsync([WorkKind.Page], "test", Journal.Lease, 30, default);

        // A unit begins a turn after the one before it.
        Assert.All(units, unit => Assert.InRange(order.Count(i => i.Unit == unit), 9, 11));
    }

    [Fact]
    public async Task Only_the_wanted_kinds_are_claimed_and_never_more_than_asked_for()
    {
        await journal.SplitAsync(5);
        await journal.AcceptAsync();

        Assert.Empty(await Store.ClaimAsync([WorkKind.Deliver, WorkKind.Group], "test", Journal.Lease, 10, default));
        var some = await Store.ClaimAsync([WorkKind.Page, WorkKind.Split], "test", Journal.Lease, 3, default);
        Assert.Equal(3, some.Count);
        Assert.Equal(3, (await Store.ClaimAsync([WorkKind.Page, WorkKind.Split], "test", Journal.Lease, 100, default)).Count);
    }

    [Fact]
    public async Task Racing_claims_never_take_an_item_twice()
    {
        await journal.SplitAsync(200);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await Store.ClaimAsync([WorkKind.Page], $"worker {n}", Journal.Lease, 3, default) is { Count: > 0 } items)
            {
                mine.AddRange(items.Select(i => i.Id));
            }

            return mine;
        })));

        var all = taken.SelectMany(t => t).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        // Those that another had just locked are passed by, so a worker may have stopped early.
        all.AddRange((await Store.ClaimAsync([WorkKind.Page], "last", Journal.Lease, 200, default)).Select(i => i.Id));
        Assert.Equal(200, all.Distinct().Count());
    }

    [Fact]
    public async Task The_last_of_racing_pages_brings_exactly_one_grouping()
    {
        for (var round = 0; round < 10; round++)
        {
            await journal.SplitAsync(6);
            var pages = await Store.ClaimAsync([WorkKind.Page], "test", Journal.Lease, 6, default);

            await Task.WhenAll(pages.Select(page => Task.Run(() => journal.ReadAsync(page))));

            Assert.NotNull(await journal.TryTakeAsync(WorkKind.Group));
            Assert.Null(await journal.TryTakeAsync(WorkKind.Group));
        }
    }

    [Fact]
    public async Task What_an_owner_claimed_and_does_not_know_of_is_due_again_without_an_attempt()
    {
        var (first, second) = (await journal.AcceptAsync(), await journal.AcceptAsync());
        var (known, unknown) = (await journal.TakeAsync(WorkKind.Split), await journal.TakeAsync(WorkKind.Split));

        await Store.ReleaseAsync("another", [], default);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Split));
        await Store.ReleaseAsync("test", [known.Id], default);

        var again = await journal.TakeAsync(WorkKind.Split);
        Assert.Equal((second, 1, true), (again.Unit, again.Attempt, again.Epoch > unknown.Epoch));
        await AssertLostAsync(() => Store.SplitDoneAsync(unknown, "tiff", 1, default));
        await Store.SplitDoneAsync(known, "tiff", 1, default);
        Assert.Contains("returned", (await journal.AccountAsync(second)).History.Select(h => h.What));
        Assert.DoesNotContain("returned", (await journal.AccountAsync(first)).History.Select(h => h.What));
    }

    [Fact]
    public async Task An_item_cannot_end_in_the_way_of_another_kind()
    {
        await journal.AcceptAsync();
        var split = await journal.TakeAsync(WorkKind.Split);

        await AssertInternalAsync(() => Store.PageDoneAsync(split, new PageEnd(PageState.Read, "x"), default));
        await AssertInternalAsync(() => Store.GroupDoneAsync(split, [], default));
        await AssertInternalAsync(() => Store.AssembleDoneAsync(split, Journal.Files(split.Unit), default));
        await AssertInternalAsync(() => Store.ProveDoneAsync(split, 1, 0, Journal.Digest(99), default));
        await AssertInternalAsync(() => Store.AttachStartedAsync(split, default));
        await AssertInternalAsync(() => Store.AttachedAsync(split, "", default));
        await AssertInternalAsync(() => Store.VerifiedAsync(split, default));
        await AssertInternalAsync(() => Store.UncertainAsync(split, new Failure(FailureKind.Internal, ""), default));
        await AssertLostAsync(() => Store.PageDoneAsync(split with { Kind = WorkKind.Page, Page = 1 }, new PageEnd(PageState.Read, "x"), default));
        await Store.SplitDoneAsync(split, "tiff", 1, default);
    }

    private static async Task AssertLostAsync(Func<Task> act) => await Assert.ThrowsAsync<LeaseLostException>(act);

    private static async Task AssertInternalAsync(Func<Task> act)
        => Assert.Equal(FailureKind.Internal, (await Assert.ThrowsAsync<DigitizerException>(act)).Kind);
}
