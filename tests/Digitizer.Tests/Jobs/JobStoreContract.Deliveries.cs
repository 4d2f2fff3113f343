using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    private static readonly Failure Why = new(FailureKind.DossierConflict, "…");

    [Fact]
    public async Task After_a_crash_while_attaching_the_next_claim_is_told_to_ask_first()
    {
        await journal.ProvedAsync(Journal.Dossier);
        await Store.AttachStartedAsync(await journal.TakeAsync(WorkKind.Deliver), default);
        journal.Time.Advance(Journal.Lease * 2);
        await Store.RescueAsync(default);

        Assert.Equal(DeliveryState.Attaching, (await Store.AttachStartedAsync(await journal.TakeAsync(WorkKind.Deliver), default)).State);
    }

    [Fact]
    public async Task What_lost_its_owner_while_attaching_every_time_is_uncertain()
    {
        var (_, document) = await journal.ProvedAsync(Journal.Dossier);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Store.AttachStartedAsync(await journal.TakeAsync(WorkKind.Deliver), default);
            journal.Time.Advance(Journal.Lease * 2);
            await Store.RescueAsync(default);
        }

        Assert.Equal(DeliveryState.Uncertain, await journal.DeliveryAsync(document));
        await journal.AssertBalancedAsync();
    }

    [Theory]
    [InlineData(DeliveryState.Uncertain, DeliveryState.Attaching)]
    [InlineData(DeliveryState.Conflict, DeliveryState.Attaching)]
    [InlineData(DeliveryState.Refused, DeliveryState.Pending)]
    internal async Task What_waits_for_a_person_can_be_retried(DeliveryState waits, DeliveryState again)
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        var item = await journal.TakeAsync(WorkKind.Deliver);
        await Store.AttachStartedAsync(item, default);
        await EndAsync(item, waits);
        Assert.Equal(waits, await journal.DeliveryAsync(document));
        Assert.Null(await journal.TryTakeAsync(WorkKind.Deliver));
        Assert.Single(await Store.UnitsAsync(new UnitFilter(NeedsPerson: true), new Slice(), default));
        await journal.AssertBalancedAsync();

        await Store.RetryAsync(unit, "an", default);

        Assert.Equal(again, await journal.DeliveryAsync(document));
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Deliver));
        await journal.AssertBalancedAsync();
        await AssertRefusedAsync(() => Store.RetryAsync(unit, "an", default));
    }

    [Fact]
    public async Task A_person_settles_what_is_uncertain()
    {
        var (unit, there) = await UncertainAsync();
        await Store.ConfirmAttachedAsync(there, "seen", "an", default);
        Assert.Equal(DeliveryState.Verified, await journal.DeliveryAsync(there));
        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(unit)).Unit.State);
        await AssertRefusedAsync(() => Store.SendAgainAsync(there, "an", default));

        var (_, absent) = await UncertainAsync();
        await Store.SendAgainAsync(absent, "an", default);
        Assert.Equal(DeliveryState.Pending, await journal.DeliveryAsync(absent));
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Deliver));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_delivery_moves_only_along_its_arrows()
    {
        await journal.ProvedAsync(Journal.Dossier);
        var item = await journal.TakeAsync(WorkKind.Deliver);
        // Not sent yet: nothing can be attached, uncertain or in conflict.
        await AssertInternalAsync(() => Store.AttachedAsync(item, "x", default));
        await AssertInternalAsync(() => Store.UncertainAsync(item, Why, default));
        await AssertInternalAsync(() => Store.ConflictAsync(item, Why, default));
        await Store.AttachStartedAsync(item, default);
        await Store.AttachedAsync(item, "x", default);
        await AssertLostAsync(() => Store.AttachStartedAsync(item, default));
        var verify = await journal.TakeAsync(WorkKind.Verify);
        await AssertInternalAsync(() => Store.DeliveryRefusedAsync(verify, Why, default));
        await Store.ConflictAsync(verify, Why, default);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task What_is_or_may_be_in_a_dossier_is_neither_cancelled_nor_assigned()
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        var other = DossierKey.Parse("000.00.01.H29-260310-0421", new DateOnly(2026, 3, 10));
        await Store.AssignAsync(document, other, "an", default);
        Assert.Equal(other.Code, (await journal.FirstDeliveryAsync(document)).Dossier);
        var item = await journal.TakeAsync(WorkKind.Deliver);
        Assert.Equal(other.Code, (await Store.AttachStartedAsync(item, default)).Dossier);
        await AssertRefusedAsync(() => Store.CancelAsync(unit, "an", default));
        await AssertRefusedAsync(() => Store.AssignAsync(document, other, "an", default));
        await Store.UncertainAsync(item, Why, default);
        await AssertRefusedAsync(() => Store.CancelAsync(unit, "an", default));
        await AssertRefusedAsync(() => Store.RestartAsync(unit, "new", Profiles.Default, null, "an", default));
    }

    [Fact]
    public async Task Cancelling_ends_work_and_claims()
    {
        var unit = await journal.SplitAsync(2);
        var page = await journal.TakeAsync(WorkKind.Page);

        await Store.CancelAsync(unit, "an", default);

        Assert.Equal(UnitState.Cancelled, (await journal.AccountAsync(unit)).Unit.State);
        await AssertLostAsync(() => journal.ReadAsync(page));
        Assert.Null(await journal.TryTakeAsync(WorkKind.Page));
        await AssertRefusedAsync(() => Store.CancelAsync(unit, "an", default));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_document_that_failed_to_assemble_or_to_be_proved_can_be_retried()
    {
        var unit = await journal.GroupedAsync();
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), Journal.Files(unit), default);
        await Store.FailAsync(await journal.TakeAsync(WorkKind.Prove), FailureKind.PdfCheckFailed, "page 1", null, default);
        var document = (await journal.AccountAsync(unit)).Documents[0];
        Assert.Equal((DocumentState.NeedsReview, nameof(FailureKind.PdfCheckFailed)), (document.State, Assert.Single(document.Reasons)));
        await AssertRefusedAsync(() => Store.ReleaseAsync(document.Id, "an", default));
        await journal.AssertBalancedAsync();

        await Store.RetryAsync(unit, "an", default);

        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), Journal.Files(unit), default);
        Assert.Equal(DocumentState.Ready, await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 1, 0, Journal.Digest(99), default));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_restarted_unit_supersedes_what_it_delivered()
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        await FileAsync();
        var second = await ReadAnewAsync(unit, Journal.Dossier);

        var delivery = await Store.AttachStartedAsync(second, default);
        Assert.Equal((document, 2), (second.Document, second.Revision));
        Assert.Equal((Journal.Digest(77), Journal.Files(unit).PdfSha256), (delivery.Sha256, delivery.Supersedes));
        await Store.AttachedAsync(second, "r2", default);
        await Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);
        var account = await journal.AccountAsync(unit);
        Assert.Equal([DocumentState.Superseded, DocumentState.Ready], account.Documents.Select(d => d.State));
        Assert.Equal((UnitState.Closed, "new options"), (account.Unit.State, account.Unit.Arrival.OptionsHash));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_restart_for_another_dossier_replaces_nothing_there_and_says_what_stays_where_it_was()
    {
        var other = new DossierClaim("000.00.01.H29-260310-0421", "argument", true);
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        await FileAsync();

        var delivery = await Store.AttachStartedAsync(await ReadAnewAsync(unit, other), default);
        Assert.Equal((document, other.Code, null), (delivery.Document, delivery.Dossier, delivery.Supersedes));
        Assert.Contains((await journal.AccountAsync(unit)).History, h => h.Detail == Journal.Dossier.Code && h.What.Contains("stays in another dossier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_smaller_copy_goes_into_the_dossier_and_is_kept_as_long_as_the_document()
    {
        var unit = await journal.GroupedAsync(null, Journal.Dossier);
        var sizes = new SizeReport([new SmallerPicture(1, 225, 70, 800_000)], [3], IsTooLarge: false);
        var files = Journal.Files(unit) with { CopySha256 = Journal.Digest(55), CopyBytes = 820_000, Sizes = sizes };
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), files, default);
        await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 1, 0, Journal.Digest(99), default);

        var account = await journal.AccountAsync(unit);
        var document = Assert.Single(account.Documents);
        Assert.Equal((files.PdfSha256, files.CopySha256, 820_000), (document.PdfSha256, document.CopySha256, document.CopyBytes));
        Assert.Equal((sizes.Smaller.Single(), sizes.PagesTooLarge.Single(), sizes.IsTooLarge), (document.Sizes!.Smaller.Single(), document.Sizes.PagesTooLarge.Single(), document.Sizes.IsTooLarge));
        Assert.Equal(files.CopySha256, Assert.Single(account.Deliveries).Sha256);
        Assert.Contains(files.CopySha256, Assert.Single(await Store.HoldingsAsync(new Slice(), default)).Results);
        await FileAsync();
        Assert.True(await Store.TrashedAsync(unit, "an", default));
        Assert.Contains(files.CopySha256, await Store.OwnResultsAsync([unit], default));
    }

    [Theory]
    [InlineData(false, nameof(UnitState.Accepted))]
    [InlineData(true, nameof(UnitState.Exception))]
    public async Task A_unit_that_is_read_anew_is_not_closed_by_the_reading_back_of_what_was_there(bool failsToSplit, string state)
    {
        var (unit, _) = await journal.ProvedAsync(Journal.Dossier);
        var deliver = await journal.TakeAsync(WorkKind.Deliver);
        await Store.AttachStartedAsync(deliver, default);
        await Store.AttachedAsync(deliver, "r1", default);
        await Store.RestartAsync(unit, "new options", Profiles.Default, null, "an", default);
        if (failsToSplit)
        {
            await Store.FailAsync(await journal.TakeAsync(WorkKind.Split), FailureKind.FormatUnknown, "…", null, default);
        }

        await Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);

        Assert.Equal(state, $"{(await journal.AccountAsync(unit)).Unit.State}");
        Assert.DoesNotContain("closed", (await journal.AccountAsync(unit)).History.Select(h => h.What));
    }

    private async Task FileAsync()
    {
        var first = await journal.TakeAsync(WorkKind.Deliver);
        await Store.AttachStartedAsync(first, default);
        await Store.AttachedAsync(first, "r1", default);
        await Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);
    }

    private async Task<WorkItem> ReadAnewAsync(UnitId unit, DossierClaim dossier)
    {
        await Store.RestartAsync(unit, "new options", Profiles.Default, null, "an", default);
        await journal.AssertBalancedAsync();
        await Store.SplitDoneAsync(await journal.TakeAsync(WorkKind.Split), "tiff", 1, default);
        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        await Store.GroupDoneAsync(await journal.TakeAsync(WorkKind.Group), [new NewDocument(1, [1], dossier, [])], default);
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), new AssembledFiles(Journal.Digest(77), 1, "", []), default);
        await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 1, 0, Journal.Digest(99), default);
        return await journal.TakeAsync(WorkKind.Deliver);
    }

    [Fact]
    public async Task A_document_without_dossier_can_still_be_given_one()
    {
        var (unit, document) = await journal.ProvedAsync();

        await Store.AssignAsync(document, DossierKey.Parse(Journal.Dossier.Code, new DateOnly(2026, 3, 10)), "an", default);

        Assert.Equal(UnitState.Documents, (await journal.AccountAsync(unit)).Unit.State);
        Assert.Equal(DeliveryState.Pending, await journal.DeliveryAsync(document));
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Deliver));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task The_backlog_counts_what_waits_and_what_is_done()
    {
        Assert.Null((await Store.BacklogAsync(default)).Oldest);
        var oldest = journal.Time.GetUtcNow();
        await journal.SplitAsync(3);
        await journal.TakeAsync(WorkKind.Page);
        journal.Time.Advance(TimeSpan.FromHours(1));
        await journal.AcceptAsync();

        var backlog = await Store.BacklogAsync(default);

        Assert.Equal((2, 1), (backlog.Waiting[WorkKind.Page], backlog.Waiting[WorkKind.Split]));
        Assert.Equal(1, backlog.Running[WorkKind.Page]);
        Assert.Equal(oldest, backlog.Oldest);
    }

    private async Task<(UnitId Unit, Guid Document)> UncertainAsync()
    {
        var proved = await journal.ProvedAsync(Journal.Dossier);
        var item = await journal.TakeAsync(WorkKind.Deliver);
        await Store.AttachStartedAsync(item, default);
        await Store.UncertainAsync(item, Why, default);
        return proved;
    }

    private Task EndAsync(WorkItem item, DeliveryState state) => state switch
    {
        DeliveryState.Uncertain => Store.UncertainAsync(item, Why, default),
        DeliveryState.Conflict => Store.ConflictAsync(item, Why, default),
        _ => Store.DeliveryRefusedAsync(item, Why, default),
    };
}
