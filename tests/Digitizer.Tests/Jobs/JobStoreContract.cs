using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

/// <summary>What every engine's journal promises; the classes below run it on each. Row B12.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private protected Journal journal = null!;

    private protected JobStore Store => journal.Store;

    /// <summary>Null: SQLite.</summary>
    private protected abstract string? Connection();

    public async Task InitializeAsync() => journal = await Journal.CreateAsync(Connection());

    public async Task DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task An_arrival_goes_through_all_states_and_its_unit_is_closed()
    {
        var unit = await journal.SplitAsync(2);
        Assert.Equal(UnitState.Reading, (await journal.AccountAsync(unit)).Unit.State);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        Assert.Null(await journal.TryTakeAsync(WorkKind.Group));
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        await Store.GroupDoneAsync(await journal.TakeAsync(WorkKind.Group), [new NewDocument(1, [1, 2], Journal.Dossier, [])], default);
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), Journal.Files(unit), default);
        Assert.Equal(DocumentState.Ready, await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 2, 0.02, Journal.Digest(99), default));
        var deliver = await journal.TakeAsync(WorkKind.Deliver);
        Assert.Equal(DeliveryState.Pending, (await Store.AttachStartedAsync(deliver, default)).State);
        await Store.AttachedAsync(deliver, "receipt 1", default);
        Assert.Equal(UnitState.Documents, (await journal.AccountAsync(unit)).Unit.State);
        await Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);

        var account = await journal.AccountAsync(unit);
        Assert.Equal(UnitState.Closed, account.Unit.State);
        Assert.Equal([PageState.Read, PageState.Read], account.Pages.Select(p => p.State));
        Assert.Equal([1, 2], Assert.Single(account.Documents).Pages);
        Assert.Equal((DeliveryState.Verified, "receipt 1"), (account.Deliveries[0].State, account.Deliveries[0].Receipt));
        Assert.Empty(account.Work);
        Assert.Equal(
            ["accepted", "split", "read", "read", "grouped", "assembled", "proved", "ready", "attaching", "attached", "verified", "closed"],
            account.History.Select(h => h.What));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task All_of_an_arrival_comes_back_as_it_was_given()
    {
        var given = journal.NewUnit(u => u with { ExpectedPages = 3, Priority = 7, OptionsHash = "abc", Profile = "hop-dong", Scanner = "counter 3" });
        await Store.AcceptAsync(given, default);

        var kept = (await journal.AccountAsync(given.Id)).Unit.Arrival;

        Assert.Equal(given.Name, kept.Name);
        Assert.Equal(given with { Name = kept.Name }, kept);
        Assert.Equal(given.Id, await Store.FindArrivalAsync(given.ArrivalKey, default));
        Assert.Null(await Store.FindArrivalAsync("nobody", default));
    }

    [Fact]
    public async Task The_same_arrival_is_taken_once()
    {
        var unit = journal.NewUnit();
        await Store.AcceptAsync(unit, default);

        var byKey = await Store.AcceptAsync(unit with { Id = UnitId.New(journal.Time) }, default);
        var byId = await Store.AcceptAsync(unit with { ArrivalKey = "another" }, default);

        Assert.Equal((unit.Id, true), (byKey.UnitId, byKey.WasKnown));
        Assert.Equal((unit.Id, true), (byId.UnitId, byId.WasKnown));
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Split));
        Assert.Null(await journal.TryTakeAsync(WorkKind.Split));
    }

    [Fact]
    public async Task Many_at_once_with_one_arrival_are_one_unit()
    {
        var unit = journal.NewUnit();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.AcceptAsync(unit with { Id = UnitId.New(TimeProvider.System) }, default))));

        Assert.Single(answers, a => !a.WasKnown);
        Assert.Single(answers.Select(a => a.UnitId).Distinct());
    }

    [Fact]
    public async Task Equal_content_is_flagged_and_not_dropped()
    {
        var first = await journal.AcceptAsync(u => u with { Sha256 = Journal.Digest(0) });
        var second = await Store.AcceptAsync(journal.NewUnit(u => u with { Sha256 = Journal.Digest(0) }), default);

        Assert.False(second.WasKnown);
        Assert.Equal(first, second.SameContentAs);
        Assert.Equal(first, (await journal.AccountAsync(second.UnitId)).Unit.SameContentAs);
    }

    [Fact]
    public async Task A_refused_arrival_is_an_exception_with_its_reason_and_no_work()
    {
        var unit = await journal.AcceptAsync(u => u with { Refusal = new Failure(FailureKind.FileEmpty, "Scan it again.") });

        var found = Assert.Single(await Store.UnitsAsync(new UnitFilter(NeedsPerson: true), new Slice(), default));
        Assert.Equal((unit, UnitState.Exception), (found.Id, found.State));
        Assert.Equal(new Failure(FailureKind.FileEmpty, "Scan it again."), found.Failure);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Split));
        await AssertRefusedAsync(() => Store.RetryAsync(unit, "an", default));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Another_page_count_than_before_the_reading_is_refused_and_changes_nothing()
    {
        await journal.AcceptAsync(u => u with { ExpectedPages = 3 });
        var item = await journal.TakeAsync(WorkKind.Split);

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => Store.SplitDoneAsync(item, "tiff", 2, default));

        Assert.Equal(FailureKind.PageCountDiffers, failure.Kind);
        await Store.SplitDoneAsync(item, "tiff", 3, default);
    }

    [Fact]
    public async Task Grouping_must_account_for_every_page_once()
    {
        await journal.SplitAsync(3);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page), PageState.Blank);
        var item = await journal.TakeAsync(WorkKind.Group);

        foreach (var wrong in (NewDocument[][])[[new(1, [1], null, [])], [new(1, [1, 2], null, []), new(2, [2], null, [])], [new(1, [1, 2, 4], null, [])], [new(1, [1, 2], null, []), new(2, [], null, [])]])
        {
            Assert.Equal(FailureKind.PageUnaccounted, (await Assert.ThrowsAsync<DigitizerException>(() => Store.GroupDoneAsync(item, wrong, default))).Kind);
        }

        await Store.GroupDoneAsync(item, [new NewDocument(1, [1, 2], null, [])], default);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Without_a_document_the_unit_is_closed_at_once()
    {
        var unit = await journal.SplitAsync(1);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page), PageState.Blank);
        await Store.GroupDoneAsync(await journal.TakeAsync(WorkKind.Group), [], default);

        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(unit)).Unit.State);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Without_a_dossier_a_document_is_ready_and_its_unit_closed()
    {
        var (unit, document) = await journal.ProvedAsync();

        Assert.Equal(DeliveryState.None, await journal.DeliveryAsync(document));
        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(unit)).Unit.State);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_proposed_dossier_waits_for_a_person()
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier with { Confirmed = false, Basis = "ocr" });
        Assert.Equal([nameof(FailureKind.DossierProposed)], (await journal.AccountAsync(unit)).Documents[0].Reasons);
        Assert.Null(await journal.TryTakeAsync(WorkKind.Deliver));
        Assert.Single(await Store.UnitsAsync(new UnitFilter(NeedsPerson: true), new Slice(), default));
        await AssertRefusedAsync(() => Store.ReleaseAsync(document, "an", default));

        await Store.AssignAsync(document, DossierKey.Parse(Journal.Dossier.Code, new DateOnly(2026, 3, 10)), "an", default);

        Assert.Equal(DeliveryState.Pending, await journal.DeliveryAsync(document));
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Deliver));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task An_unreadable_page_makes_its_document_wait_for_a_person()
    {
        var unit = await journal.SplitAsync(1);
        var page = await journal.TakeAsync(WorkKind.Page);
        await Store.PageDoneAsync(page, new PageEnd(PageState.Unreadable, null, Failure: new Failure(FailureKind.PageTimedOut, "…")), default);
        await Store.GroupDoneAsync(await journal.TakeAsync(WorkKind.Group), [new NewDocument(1, [1], Journal.Dossier, [])], default);
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), Journal.Files(unit, "SCAN-DPI-MIN"), default);

        Assert.Equal(DocumentState.NeedsReview, await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 1, 0, Journal.Digest(99), default));
        var document = (await journal.AccountAsync(unit)).Documents[0];
        Assert.Equal([nameof(FailureKind.PageUnreadable), "SCAN-DPI-MIN"], document.Reasons);

        await Store.ReleaseAsync(document.Id, "an", default);
        Assert.Equal(DeliveryState.Pending, await journal.DeliveryAsync(document.Id));
        await AssertRefusedAsync(() => Store.ReleaseAsync(document.Id, "an", default));
    }

    [Fact]
    public async Task The_history_keeps_every_attempt_and_its_reason()
    {
        var unit = await journal.SplitAsync(1);
        await Store.FailAsync(await journal.TakeAsync(WorkKind.Page), FailureKind.PageTimedOut, "first", journal.Time.GetUtcNow(), default);
        await Store.GiveBackAsync(await journal.TakeAsync(WorkKind.Page), default);
        journal.Time.Advance(TimeSpan.FromSeconds(1));
        await journal.TakeAsync(WorkKind.Page);
        journal.Time.Advance(Journal.Lease * 2);
        await Store.RescueAsync(default);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));

        var lines = (await journal.AccountAsync(unit)).History.Where(h => h.Page == 1).Select(h => (h.What, h.Attempt, h.Failure?.Message));
        Assert.Equal([("failed", 1, "first"), ("returned", 2, null), ("rescued", 2, null), ("read", 3, null)], lines);
    }

    private static async Task AssertRefusedAsync(Func<Task> act)
        => Assert.Equal(FailureKind.ActNotPossible, (await Assert.ThrowsAsync<DigitizerException>(act)).Kind);
}

[Trait("Row", "B12")]
[Trait("Trials", "Tests")]
public sealed class SqliteJobStoreTests : JobStoreContract
{
    private protected override string? Connection() => null;
}

[Collection(PostgresTests.Name)]
[Trait("Row", "B12")]
[Trait("Trials", "Tests")]
public sealed class PostgresJobStoreTests(PostgresServer server) : JobStoreContract
{
    private protected override string? Connection() => server.NewDatabase();

    [Fact]
    public async Task A_webhook_is_one_processs_at_a_time_and_anothers_after_its_lease()
    {
        await Store.StartWebhookAsync("portal", default);
        Assert.NotNull(await Store.TakeWebhookAsync("portal", "one", Journal.Lease, default));
        Assert.Null(await Store.TakeWebhookAsync("portal", "other", Journal.Lease, default));

        journal.Time.Advance(Journal.Lease * 2);
        Assert.NotNull(await Store.TakeWebhookAsync("portal", "other", Journal.Lease, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_walk_waits_for_a_line_that_is_committed_late_and_passes_one_that_was_undone(bool commits)
    {
        var walk = new HistoryWalk(Store);
        var unit = await journal.AcceptAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(journal.Options.Connection!);
        await using var slow = await source.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using var insert = new Npgsql.NpgsqlCommand($"INSERT INTO history (at, unit, what) VALUES (1, '{unit}', 'late')", slow, transaction);
        await insert.ExecuteNonQueryAsync();
        await journal.AcceptAsync();

        Assert.Equal(["accepted"], (await walk.ReadAsync(0, 10, default)).Select(l => l.What));
        await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());

        Assert.Equal(commits ? ["accepted", "late", "accepted"] : ["accepted", "accepted"], (await walk.ReadAsync(0, 10, default)).Select(l => l.What));
    }

    [Fact]
    public async Task A_walk_misses_nothing_while_many_write()
    {
        var walk = new HistoryWalk(Store);
        var found = new List<HistoryLine>();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await Store.AcceptAsync(journal.NewUnit(u => u with { Id = UnitId.New(TimeProvider.System), ArrivalKey = Guid.NewGuid().ToString() }), default);
            }
        })));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (found.Count < 200)
        {
            found.AddRange(await walk.ReadAsync(found.Count == 0 ? 0 : found[^1].Id, 50, patience.Token));
        }

        await writing;
        Assert.Equal(200, found.Select(l => l.Id).Distinct().Count());
    }
}
