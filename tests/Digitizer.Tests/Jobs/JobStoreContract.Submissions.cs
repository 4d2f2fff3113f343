using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Of_two_submissions_with_one_key_the_second_changes_nothing_whatever_its_units_are()
    {
        var (first, second) = (Submitted(1, "a"), Submitted(3, "b"));
        Assert.Equal(first[0].Submission!.Id, await Store.AcceptAsync(first, default));
        Assert.Equal(first[0].Submission!.Id, await Store.AcceptAsync(second, default));

        // Again is no other one.
        Assert.Equal(first[0].Submission!.Id, await Store.AcceptAsync(first, default));

        Assert.Equal(first[0].Id, Assert.Single(await Store.UnitsAsync(new UnitFilter(), new Slice(), default)).Id);
        Assert.Equal("a", (await Store.FindSubmissionAsync("caller", "key", default))!.Fingerprint);
    }

    [Fact]
    public async Task Submissions_with_one_key_at_the_same_time_become_one_of_them_with_all_its_units()
    {
        var all = Enumerable.Range(1, 8).Select(n => Submitted(n, $"{n}")).ToList();

        var answers = await Task.WhenAll(all.Select(one => Task.Run(() => Store.AcceptAsync(one, default))));

        var winner = Assert.Single(all, one => one[0].Submission!.Id == answers[0]);
        Assert.Single(answers.Distinct());
        Assert.Equal(winner.Select(u => u.Id), (await Store.UnitsAsync(new UnitFilter(), new Slice(), default)).Select(u => u.Id));
    }

    private List<NewUnit> Submitted(int units, string fingerprint)
    {
        var origin = new SubmissionOrigin(UnitId.New(TimeProvider.System), "caller", "key", fingerprint, units);
        return [.. Enumerable.Range(1, units).Select(n => journal.NewUnit(u => u with { Id = origin.Id.Next(n), ArrivalKey = $"desk/{fingerprint.Length}/{n}", Submission = origin }))];
    }
}
