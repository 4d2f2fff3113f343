using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Vault;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Service;

public sealed class RetentionTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder folder = new();

    // Files bear the machine's time, so the clock begins with it.
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private JobStore jobs = null!;
    private LocalVault vault = null!;

    public async Task InitializeAsync()
    {
        vault = LocalVault.Open(folder["vault"], time);
        await OpenAsync();
    }

    public async Task DisposeAsync() => await jobs.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_unit_leaves_in_two_steps_each_written_down_and_its_row_stays()
    {
        var units = Units();
        var old = await units.AddAsync(1);
        time.Advance(TimeSpan.FromDays(300));
        var young = await units.AddAsync(2);
        time.Advance(TimeSpan.FromDays(66));
        using var retention = Retention();

        var first = await retention.RunAsync("an", isTrial: false, default);
        Assert.Equal([old.Unit], first.Trashed);
        Assert.False(vault.Has(old.Original));
        Assert.All(old.Results, r => Assert.False(File.Exists(vault.ResultPath(r))));
        Assert.Equal(6, Directory.GetFiles(Path.Combine(vault.Root, "trash")).Length);
        Assert.True(vault.Has(young.Original));
        Assert.True(File.Exists(Path.Combine(old.Folder, "scan000001.pdf")));

        time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(new RetentionReport([], [], 0), await retention.RunAsync("an", isTrial: false, default), Same);
        time.Advance(TimeSpan.FromDays(1));
        var last = await retention.RunAsync("an", isTrial: false, default);
        Assert.Equal((1, 6), (last.Purged.Count, last.Files));
        Assert.Empty(Directory.GetFiles(Path.Combine(vault.Root, "trash")));

        var account = (await jobs.UnitAsync(old.Unit, default))!;
        Assert.Equal(UnitState.Closed, account.Unit.State);
        Assert.NotNull(account.Unit.PurgedAt);
        Assert.Equal(["closed", "trashed", "purged"], account.History.TakeLast(3).Select(h => h.What));
        Assert.Equal("an", account.History[^1].Who);
        Assert.True((await jobs.BalanceAsync(default)).Balanced);
        Assert.Equal(12, File.ReadAllLines(Path.Combine(vault.Root, "removals.jsonl")).Length);
        Assert.Equal(FailureKind.ActNotPossible, (await Assert.ThrowsAsync<DigitizerException>(() => jobs.RestartAsync(old.Unit, "", Profiles.Default, null, "an", default))).Kind);
        Assert.Equal([young.Unit], (await jobs.UnitsAsync(new UnitFilter(Kept: true), new Slice(), default)).Select(u => u.Id));
    }

    [Fact]
    public async Task What_is_in_no_dossier_and_what_is_not_closed_is_kept()
    {
        var unfiled = await Units(isFiled: false).AddAsync(1);
        var refused = await Units().AddAsync(2);
        await jobs.RestartAsync(refused.Unit, "again", Profiles.Default, null, "an", default);
        time.Advance(TimeSpan.FromDays(4000));
        using var retention = Retention();

        Assert.Empty((await retention.RunAsync("an", isTrial: false, default)).Trashed);
        Assert.True(vault.Has(unfiled.Original) && vault.Has(refused.Original));
    }

    [Fact]
    public async Task Without_a_retention_nothing_is_ever_removed()
    {
        var unit = await Units().AddAsync(1);
        time.Advance(TimeSpan.FromDays(40_000));
        using var retention = Retention(after: null);

        Assert.True(retention.KeepsAll);
        Assert.Empty((await retention.RunAsync("an", isTrial: false, default)).Trashed);
        Assert.True(vault.Has(unit.Original));
    }

    [Fact]
    public async Task A_trial_tells_what_would_be_done_and_does_nothing()
    {
        var unit = await Units().AddAsync(1);
        time.Advance(TimeSpan.FromDays(400));
        using var retention = Retention();

        Assert.Equal([unit.Unit], (await retention.RunAsync("an", isTrial: true, default)).Trashed);
        Assert.True(vault.Has(unit.Original));
        Assert.Null((await jobs.HeadAsync(unit.Unit, default))!.TrashedAt);
    }

    [Fact]
    public async Task A_result_that_a_kept_unit_has_too_stays_until_that_one_leaves()
    {
        var units = Units();
        var old = await units.AddAsync(1, "the same text");
        time.Advance(TimeSpan.FromDays(200));
        var young = await units.AddAsync(2, "the same text");
        var shared = Assert.Single(old.Results.Intersect(young.Results));
        time.Advance(TimeSpan.FromDays(200));
        using var retention = Retention();
        await retention.RunAsync("an", isTrial: false, default);
        Assert.True(File.Exists(vault.ResultPath(shared)));
        Assert.False(vault.Has(old.Original));

        time.Advance(TimeSpan.FromDays(200));
        await retention.RunAsync("an", isTrial: false, default);
        Assert.False(File.Exists(vault.ResultPath(shared)));
    }

    [Fact]
    public async Task A_result_that_was_stored_a_moment_ago_is_left_for_the_unit_that_is_about_to_have_it()
    {
        var old = await Units().AddAsync(1, "text");
        time.Advance(TimeSpan.FromDays(400));
        var again = await vault.StoreAsync(new MemoryStream("text"u8.ToArray()), default);
        using var retention = Retention();
        await retention.RunAsync("an", isTrial: false, default);

        Assert.Contains(again.Sha256, old.Results);
        Assert.True(File.Exists(vault.ResultPath(again.Sha256)));

        // Nobody had it after all: it leaves when its unit is purged.
        time.Advance(TimeSpan.FromDays(30));
        await retention.RunAsync("an", isTrial: false, default);
        Assert.False(File.Exists(vault.ResultPath(again.Sha256)));
    }

    [Fact]
    public async Task What_an_interruption_left_is_taken_out_by_the_next_run()
    {
        var unit = await Units().AddAsync(1);
        time.Advance(TimeSpan.FromDays(400));
        Assert.True(await jobs.TrashedAsync(unit.Unit, "an", default));
        await jobs.DisposeAsync();
        await OpenAsync();
        using var retention = Retention();
        await retention.RunAsync("an", isTrial: false, default);

        Assert.False(vault.Has(unit.Original));
        Assert.All(unit.Results, r => Assert.False(File.Exists(vault.ResultPath(r))));
    }

    [Fact]
    public async Task A_rebuilt_journal_knows_what_was_removed()
    {
        var unit = await Units().AddAsync(1);
        time.Advance(TimeSpan.FromDays(400));
        using (var retention = Retention())
        {
            await retention.RunAsync("an", isTrial: false, default);
        }

        await jobs.DisposeAsync();
        var options = new JobOptions { File = folder["new.db"], AuditFile = folder["new.jsonl"] };
        Assert.Equal(new Rebuilt(1, 1, 1), await JournalRebuild.RunAsync(options, [], [folder["audit.jsonl"]], time, default));
        jobs = await JobStore.OpenAsync(options, time, default);
        Assert.NotNull((await jobs.HeadAsync(unit.Unit, default))!.TrashedAt);
        Assert.Empty(await jobs.UnitsAsync(new UnitFilter(Kept: true), new Slice(), default));
    }

    private static bool Same(RetentionReport one, RetentionReport other)
        => one.Trashed.SequenceEqual(other.Trashed) && one.Purged.SequenceEqual(other.Purged) && one.Files == other.Files;

    private KeptUnits Units(bool isFiled = true) => new(jobs, vault, isFiled ? new FolderDossierStore(folder["dossiers"]) : null, time);

    private Retention Retention(int? after = 365) => new(jobs, vault, new RetentionOptions { After = after }, time);

    private async Task OpenAsync() => jobs = await JobStore.OpenAsync(new JobOptions { File = folder["journal.db"], AuditFile = folder["audit.jsonl"] }, time, default);
}
