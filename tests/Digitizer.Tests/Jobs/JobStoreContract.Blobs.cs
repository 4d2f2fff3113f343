using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Tries_are_counted_before_they_begin_and_survive()
    {
        Assert.Equal(ArrivalTries.None, await Store.TriesAsync("blob:a", default));
        Assert.Equal(1, (await Store.BeginTryAsync("blob:a", default)).Count);
        var failure = new Failure(FailureKind.Internal, "đứt");
        await Store.FailTryAsync("blob:a", failure, default);
        await journal.ReopenAsync();
        Assert.Equal(new ArrivalTries(2, failure), await Store.BeginTryAsync("blob:a", default));
        await Store.ReturnTryAsync("blob:a", default);
        Assert.Equal(new ArrivalTries(1, failure), await Store.TriesAsync("blob:a", default));
        Assert.Equal(ArrivalTries.None, await Store.TriesAsync("blob:b", default));
    }

    [Fact]
    public async Task A_try_that_is_given_back_twice_counts_once()
    {
        await Store.BeginTryAsync("blob:a", default);
        await Store.ReturnTryAsync("blob:a", default);
        await Store.ReturnTryAsync("blob:a", default);

        Assert.Equal(1, (await Store.BeginTryAsync("blob:a", default)).Count);
    }

    [Fact]
    public async Task An_arrival_is_missing_since_it_was_first_missed_and_that_is_no_try()
    {
        var first = await Store.MissArrivalAsync("blob:a", default);
        journal.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(first, await Store.MissArrivalAsync("blob:a", default));
        Assert.Equal(journal.Time.GetUtcNow() - TimeSpan.FromHours(2), first);
        Assert.Equal(1, (await Store.BeginTryAsync("blob:a", default)).Count);
        Assert.Equal(first, await Store.MissArrivalAsync("blob:a", default));
    }

    [Fact]
    public async Task What_is_accepted_has_no_tries_any_more()
    {
        var unit = journal.NewUnit(u => u with { ArrivalKey = "blob:a" });
        await Store.BeginTryAsync("blob:a", default);
        await Store.BeginTryAsync("blob:b", default);

        Assert.False((await Store.AcceptTriedAsync(unit, default)).WasKnown);
        Assert.Equal(ArrivalTries.None, await Store.TriesAsync("blob:a", default));
        Assert.Equal(1, (await Store.TriesAsync("blob:b", default)).Count);
        await Store.BeginTryAsync("blob:a", default);
        Assert.Equal((unit.Id, true), await AcceptAgainAsync());
        Assert.Equal(ArrivalTries.None, await Store.TriesAsync("blob:a", default));

        async Task<(UnitId, bool)> AcceptAgainAsync()
        {
            var again = await Store.AcceptTriedAsync(unit with { Id = UnitId.New(journal.Time) }, default);
            return (again.UnitId, again.WasKnown);
        }
    }

    [Fact]
    public async Task Old_tries_are_forgotten()
    {
        await Store.BeginTryAsync("blob:old", default);
        journal.Time.Advance(TimeSpan.FromDays(31));
        await Store.BeginTryAsync("blob:new", default);

        await Store.ForgetTriesAsync(TimeSpan.FromDays(30), default);

        Assert.Equal((0, 1), ((await Store.TriesAsync("blob:old", default)).Count, (await Store.TriesAsync("blob:new", default)).Count));
    }

    [Fact]
    public async Task Many_arrivals_are_asked_for_at_once()
    {
        var known = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var unit = journal.NewUnit();
            await Store.AcceptAsync(unit, default);
            known.Add(unit.ArrivalKey);
        }

        var asked = Enumerable.Range(0, 450).Select(i => $"nobody/{i}").Concat(known).ToList();

        Assert.Equal(known.ToHashSet(), await Store.KnownArrivalsAsync(asked, default));
        Assert.Empty(await Store.KnownArrivalsAsync([], default));
    }

    [Fact]
    public async Task A_chore_is_one_processs_at_a_time_and_done_when_it_is_due()
    {
        var hour = TimeSpan.FromHours(1);
        Assert.True(await Store.TakeChoreAsync("sweep", "one", Journal.Lease, hour, default));
        Assert.True(await Store.TakeChoreAsync("sweep", "one", Journal.Lease, hour, default));
        Assert.True(await Store.TakeChoreAsync("other", "two", Journal.Lease, hour, default));
        journal.Time.Advance(Journal.Lease * 2);
        Assert.True(await Store.TakeChoreAsync("sweep", "two", Journal.Lease, hour, default));
        Assert.False(await Store.DoneChoreAsync("sweep", "one", default));
        Assert.True(await Store.DoneChoreAsync("sweep", "two", default));

        Assert.False(await Store.TakeChoreAsync("sweep", "one", Journal.Lease, hour, default));
        journal.Time.Advance(hour);
        await journal.ReopenAsync();
        Assert.True(await Store.TakeChoreAsync("sweep", "one", Journal.Lease, hour, default));
        Assert.True(await Store.DoneChoreAsync("sweep", "one", default));
        Assert.True(await Store.TakeChoreAsync("sweep", "one", Journal.Lease, TimeSpan.Zero, default));
    }
}
