using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_new_webhook_begins_behind_the_newest_line_and_a_known_one_where_it_was()
    {
        Assert.Equal(0, (await Store.StartWebhookAsync("early", default)).HistoryId);
        await journal.AcceptAsync();
        await journal.AcceptAsync();

        Assert.Equal(new WebhookState { Name = "late", HistoryId = 2 }, await Store.StartWebhookAsync("late", default));
        Assert.Equal(0, (await Store.StartWebhookAsync("early", default)).HistoryId);
    }

    [Fact]
    public async Task How_a_webhook_stands_survives_and_never_goes_back()
    {
        var state = await Store.StartWebhookAsync("portal", default);
        await Store.TakeWebhookAsync("portal", "one", Journal.Lease, default);
        var now = journal.Time.GetUtcNow();
        state = state with { HistoryId = 5, Trouble = new WebhookTrouble(6, 3, 2, now.AddSeconds(8), now, "http-500"), Skips = new WebhookSkips(1, now, 4, "http-410") };
        Assert.True(await Store.SaveWebhookAsync(state, "one", default));

        await journal.ReopenAsync();
        Assert.Equal(state, await Store.StartWebhookAsync("portal", default));
        Assert.Equal(state, await Store.TakeWebhookAsync("portal", "one", Journal.Lease, default));
        Assert.False(await Store.SaveWebhookAsync(state with { HistoryId = 4 }, "one", default));
        Assert.True(await Store.SaveWebhookAsync(state with { HistoryId = 6, Trouble = null, Skips = null }, "one", default));
        Assert.Equal(new WebhookState { Name = "portal", HistoryId = 6 }, await Store.StartWebhookAsync("portal", default));
    }

    [Fact]
    public async Task Who_lost_a_webhook_writes_nothing()
    {
        var state = await Store.StartWebhookAsync("portal", default);
        await Store.TakeWebhookAsync("portal", "one", Journal.Lease, default);
        journal.Time.Advance(Journal.Lease * 2);
        Assert.NotNull(await Store.TakeWebhookAsync("portal", "other", Journal.Lease, default));

        Assert.False(await Store.SaveWebhookAsync(state with { HistoryId = 1 }, "one", default));
        Assert.Equal(0, (await Store.StartWebhookAsync("portal", default)).HistoryId);
        Assert.Null(await Store.TakeWebhookAsync("nobody", "one", Journal.Lease, default));
    }

    [Fact]
    public async Task A_walk_reads_every_line_in_order_in_pieces()
    {
        await journal.ProvedAsync(Journal.Dossier);
        var (walk, found) = (new HistoryWalk(Store), new List<HistoryLine>());
        while (await walk.ReadAsync(found.Count == 0 ? 0 : found[^1].Id, 3, default) is { Count: > 0 } lines)
        {
            Assert.InRange(lines.Count, 1, 3);
            found.AddRange(lines);
        }

        Assert.Equal(["accepted", "split", "read", "grouped", "assembled", "proved", "ready"], found.Select(l => l.What));
    }
}
