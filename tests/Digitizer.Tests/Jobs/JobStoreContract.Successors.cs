using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Whoever_ends_a_piece_of_work_goes_on_with_what_follows()
    {
        var unit = await journal.AcceptAsync();
        var (item, done) = (await journal.TakeAsync(WorkKind.Split), new List<WorkKind>());
        for (WorkItem? next = item; next is not null; next = item.Successor!.Claimed)
        {
            item = next with { Successor = Room() };
            Assert.Null(await journal.TryTakeAsync(Enum.GetValues<WorkKind>()));
            Assert.Equal((unit, 1, 1), (item.Unit, (int)item.Epoch, item.Attempt));
            Assert.Equal(unit, (await Store.UnitOfAsync(item, default)).Id);
            done.Add(item.Kind);
            await EndAsync(item);
            Assert.Null(item.Successor!.Queued);
        }

        Assert.Equal(Enum.GetValues<WorkKind>(), done);
        var account = await journal.AccountAsync(unit);
        Assert.Equal(UnitState.Closed, account.Unit.State);
        Assert.Equal(["split", "read", "grouped", "assembled", "proved", "attaching", "attached", "verified"], account.History.Where(h => h.Who is not null).Select(h => h.What));
        Assert.Equal(["test", .. Enumerable.Repeat("next", 7)], account.History.Where(h => h.Who is not null).Select(h => h.Who));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Of_several_pages_the_first_follows_and_grouping_follows_the_last()
    {
        await journal.AcceptAsync();
        var split = await journal.TakeAsync(WorkKind.Split) with { Successor = Room() };
        await Store.SplitDoneAsync(split, "tiff", 3, default);
        Assert.Equal((1, WorkKind.Page), (split.Successor!.Claimed!.Page, split.Successor.Queued));

        var third = await journal.TakeAsync(WorkKind.Page) is { Page: 2 } second ? await journal.TakeAsync(WorkKind.Page) with { Successor = Room() } : throw new InvalidOperationException();
        await journal.ReadAsync(second);
        var first = split.Successor.Claimed with { Successor = Room() };
        await journal.ReadAsync(first);
        Assert.Null(first.Successor!.Claimed);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Group));
        await journal.ReadAsync(third);

        Assert.Equal(WorkKind.Group, third.Successor!.Claimed!.Kind);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Group));
    }

    [Fact]
    public async Task What_follows_is_queued_where_there_is_no_room()
    {
        await journal.AcceptAsync();
        var split = await journal.TakeAsync(WorkKind.Split) with { Successor = new Successor("next", Journal.Lease, _ => []) };
        await Store.SplitDoneAsync(split, "tiff", 1, default);

        Assert.Equal((null, WorkKind.Page), (split.Successor!.Claimed, split.Successor.Queued));
        Assert.Equal("test", (await journal.AccountAsync((await journal.TakeAsync(WorkKind.Page)).Unit)).Work[0].Owner);
    }

    [Theory]
    [InlineData(nameof(WorkKind.Page), 0, true)]
    [InlineData(nameof(WorkKind.Page), -1, true)]
    [InlineData(nameof(WorkKind.Page), 1, false)]
    [InlineData(nameof(WorkKind.Split), -1, true)]
    [InlineData(nameof(WorkKind.Split), 0, false)]
    [InlineData(nameof(WorkKind.Group), -1, false)]
    public async Task What_follows_does_not_jump_the_queue(string waiting, int less, bool waits)
    {
        await journal.AcceptAsync();
        var split = await journal.TakeAsync(WorkKind.Split) with { Successor = Room() };
        var priority = split.Priority + less;
        await (waiting == nameof(WorkKind.Split) ? journal.AcceptAsync(u => u with { Priority = priority }) : journal.SplitAsync(1, u => u with { Priority = priority }));
        if (waiting == nameof(WorkKind.Group))
        {
            await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        }

        await Store.SplitDoneAsync(split, "tiff", 1, default);

        Assert.Equal(waits, split.Successor!.Claimed is null);
        Assert.Equal(waits ? WorkKind.Page : null, split.Successor.Queued);
    }

    [Fact]
    public async Task What_follows_is_fenced_like_any_claim()
    {
        await journal.AcceptAsync();
        var split = await journal.TakeAsync(WorkKind.Split) with { Successor = Room() };
        await Store.SplitDoneAsync(split, "tiff", 1, default);
        var lost = split.Successor!.Claimed!;
        journal.Time.Advance(Journal.Lease * 2);
        Assert.Equal(new Rescued(1, 0), await Store.RescueAsync(default));
        var held = await journal.TakeAsync(WorkKind.Page);

        await AssertLostAsync(() => journal.ReadAsync(lost));
        Assert.Equal((2, 2), ((int)held.Epoch, held.Attempt));
        await journal.ReadAsync(held);
    }

    [Fact]
    public async Task The_last_page_groups_where_pages_alone_say_what_they_become()
    {
        var unit = await journal.SplitAsync(2);
        IReadOnlyList<NewDocument> Group(JobUnit of, IReadOnlyList<JobPage> pages)
        {
            Assert.Equal((unit, PageState.Read), (of.Id, pages[1].State));
            return [new NewDocument(1, [.. pages.Select(page => page.Number)], Journal.Dossier, [])];
        }

        await Store.PageDoneAsync(await journal.TakeAsync(WorkKind.Page), new PageEnd(PageState.Read, Journal.Digest(1)), Group, default);
        Assert.Empty((await journal.AccountAsync(unit)).Documents);
        var last = await journal.TakeAsync(WorkKind.Page) with { Successor = Room() };
        await Store.PageDoneAsync(last, new PageEnd(PageState.Read, Journal.Digest(2)), Group, default);

        Assert.Equal((WorkKind.Assemble, 1), (last.Successor!.Claimed!.Kind, last.Successor.Claimed.Revision));
        var account = await journal.AccountAsync(unit);
        Assert.Equal([1, 2], Assert.Single(account.Documents).Pages);
        Assert.Equal(UnitState.Documents, account.Unit.State);
        var line = Assert.Single(account.History, h => h.What == "grouped");
        Assert.Equal((WorkKind.Group, null), (line.Kind, line.Page));
        await journal.AssertBalancedAsync();
    }

    private static Successor Room() => new("next", Journal.Lease, kind => kind is WorkKind.Split or WorkKind.Page ? [WorkKind.Split, WorkKind.Page] : [kind]);

    private async Task EndAsync(WorkItem item)
    {
        switch (item.Kind)
        {
            case WorkKind.Split:
                await Store.SplitDoneAsync(item, "tiff", 1, default);
                break;
            case WorkKind.Page:
                await journal.ReadAsync(item);
                break;
            case WorkKind.Group:
                await Store.GroupDoneAsync(item, [new NewDocument(1, [1], Journal.Dossier, [])], default);
                break;
            case WorkKind.Assemble:
                Assert.Equal([1], (await Store.DocumentOfAsync(item, default)).Document.Pages);
                await Store.AssembleDoneAsync(item, Journal.Files(item.Unit), default);
                break;
            case WorkKind.Prove:
                await Store.ProveDoneAsync(item, 1, 0, Journal.Digest(99), default);
                break;
            case WorkKind.Deliver:
                await Store.AttachStartedAsync(item, default);
                await Store.AttachedAsync(item, "receipt", default);
                break;
            default:
                Assert.Equal(DeliveryState.Attached, (await Store.DeliveryOfAsync(item, default)).Delivery.State);
                await Store.VerifiedAsync(item, default);
                break;
        }
    }
}
