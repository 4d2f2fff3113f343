using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public sealed class JournalRebuildTests : IAsyncLifetime
{
    private Journal journal = null!;

    public async Task InitializeAsync() => journal = await Journal.CreateAsync(null);

    public async Task DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task A_lost_journal_comes_back_and_nothing_is_attached_twice()
    {
        var (closed, _) = await journal.ProvedAsync(Journal.Dossier);
        await AttachAsync(verify: true);
        var (attached, attachedDocument) = await journal.ProvedAsync(Journal.Dossier);
        await AttachAsync(verify: false);
        var (attaching, attachingDocument) = await journal.ProvedAsync(Journal.Dossier);
        await journal.Store.AttachStartedAsync(await journal.TakeAsync(WorkKind.Deliver), default);
        var (pending, _) = await journal.ProvedAsync(Journal.Dossier);
        var reading = await journal.SplitAsync(2);
        var refused = await journal.AcceptAsync(u => u with { Refusal = new Failure(FailureKind.FileEmpty, "…") });
        var cancelled = await journal.AcceptAsync();
        await journal.Store.CancelAsync(cancelled, "an", default);
        var closedBefore = await journal.AccountAsync(closed);
        var orphan = journal.NewUnit();

        var rebuilt = await RebuildAsync(SideCar.Parse(SideCar.Of(orphan).ToBytes()));

        Assert.Equal(new Rebuilt(8, 1, 3), rebuilt);
        await journal.AssertBalancedAsync();
        var account = await journal.AccountAsync(closed);
        Assert.Equal(UnitState.Closed, account.Unit.State);
        Assert.Equal(closedBefore.Pages, account.Pages);
        Assert.Equal(closedBefore.Documents.Select(d => d with { Pages = [], Reasons = [] }), account.Documents.Select(d => d with { Pages = [], Reasons = [] }));
        Assert.Equal([1], account.Documents[0].Pages);
        Assert.Equal(("receipt", DeliveryState.Verified), (account.Deliveries[0].Receipt, account.Deliveries[0].State));
        Assert.Equal(UnitState.Exception, (await journal.AccountAsync(refused)).Unit.State);
        Assert.Equal(UnitState.Cancelled, (await journal.AccountAsync(cancelled)).Unit.State);

        await RunAsync();

        Assert.Equal(DeliveryState.Attached, await journal.DeliveryAsync(attachedDocument));
        Assert.Equal(attached, (await journal.TakeAsync(WorkKind.Verify)).Unit);
        var deliver = new[] { await journal.TakeAsync(WorkKind.Deliver), await journal.TakeAsync(WorkKind.Deliver), await journal.TakeAsync(WorkKind.Deliver), await journal.TakeAsync(WorkKind.Deliver) };
        Assert.Null(await journal.TryTakeAsync(WorkKind.Deliver));
        Assert.Equal(new[] { attaching, pending, reading, orphan.Id }.ToHashSet(), deliver.Select(d => d.Unit).ToHashSet());
        // The one that may be there is asked for first; the others were never sent.
        foreach (var item in deliver)
        {
            Assert.Equal(item.Document == attachingDocument ? DeliveryState.Attaching : DeliveryState.Pending, (await journal.Store.AttachStartedAsync(item, default)).State);
        }

        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Documents_of_several_files_come_back_with_their_files_and_each_is_one_unit()
    {
        var closed = journal.NewUnit(files: 2);
        await journal.Store.AcceptAsync(closed, default);
        await journal.Store.SplitDoneAsync(await journal.TakeAsync(WorkKind.Split), "Jpeg", [1, 2], default);
        await RunAsync([1, 2, 3]);
        await AttachAsync(verify: true);
        var orphan = journal.NewUnit(files: 3);
        SideCar[] sideCars = [SideCar.Of(orphan), .. orphan.Files!.Skip(1).Select(_ => SideCar.OfFurtherFile(orphan.Id))];

        await RebuildAsync([.. sideCars.Select(s => SideCar.Parse(s.ToBytes()))]);

        Assert.Equal(2, (await journal.Store.UnitsAsync(new UnitFilter(), new Slice(), default)).Count);
        var before = (await journal.AccountAsync(closed.Id)).Unit;
        Assert.Equal((UnitState.Closed, 2), (before.State, before.FileCount));
        Assert.Equal([1, 2], before.FilePages);
        Assert.Equal(orphan.Files!.Select(f => f.Sha256), (await journal.AccountAsync(orphan.Id)).Unit.Arrival.Files!.Select(f => f.Sha256));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_rebuilt_journal_can_be_rebuilt_again_from_its_own_audit_file()
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        await AttachAsync(verify: true);
        await RebuildAsync();
        await RebuildAsync();

        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(unit)).Unit.State);
        Assert.Equal(DeliveryState.Verified, await journal.DeliveryAsync(document));
    }

    [Fact]
    public async Task After_a_restart_the_rebuilt_unit_still_replaces_what_was_delivered()
    {
        var (unit, document) = await journal.ProvedAsync(Journal.Dossier);
        await AttachAsync(verify: true);
        await journal.Store.RestartAsync(unit, "new", Profiles.Default, null, "an", default);

        await RebuildAsync();
        await RunAsync();

        var delivery = await journal.Store.AttachStartedAsync(await journal.TakeAsync(WorkKind.Deliver), default);
        Assert.Equal((document, 2, Journal.Files(unit).PdfSha256), (delivery.Document, delivery.Revision, delivery.Supersedes));
        Assert.Equal("new", (await journal.AccountAsync(unit)).Unit.Arrival.OptionsHash);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_torn_line_is_passed_over()
    {
        var unit = await journal.AcceptAsync();
        await journal.Store.DisposeAsync();
        await File.AppendAllTextAsync(journal["audit.jsonl"], "{\"what\":\"acc");
        await journal.OpenAsync();
        var second = await journal.AcceptAsync();

        await RebuildAsync();

        Assert.Equal([unit, second], (await journal.Store.UnitsAsync(new UnitFilter(), new Slice(), default)).OrderBy(u => u.Arrival.ArrivalKey).Select(u => u.Id));
    }

    [Fact]
    public async Task What_a_failed_try_left_beside_the_accepted_one_is_not_a_second_unit()
    {
        var left = journal.NewUnit();
        journal.Time.Advance(TimeSpan.FromMinutes(1));
        var accepted = journal.NewUnit(u => u with { ArrivalKey = left.ArrivalKey });
        await journal.Store.AcceptAsync(accepted, default);
        await RunAsync();
        await AttachAsync(verify: true);

        var rebuilt = await RebuildAsync([.. new[] { left, accepted }.Select(unit => SideCar.Parse(SideCar.Of(unit).ToBytes()))]);

        Assert.Equal(new Rebuilt(1, 1, 1, 1), rebuilt);
        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(accepted.Id)).Unit.State);

        // That a try was accepted may stand in an audit file without being true: the commit failed.
        var told = SideCar.Of(left with { ReceivedAt = journal.Time.GetUtcNow() });
        await File.WriteAllTextAsync(journal["other.jsonl"], JsonSerializer.Serialize(new AuditLine { At = journal.Time.GetUtcNow(), Unit = left.Id.ToString(), What = "accepted", Arrival = told }, SideCar.Json) + "\n");
        Assert.Equal(new Rebuilt(1, 1, 1, 1), await RebuildAsync(SideCar.Parse(SideCar.Of(accepted).ToBytes())));
        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(accepted.Id)).Unit.State);
    }

    [Fact]
    public async Task Only_an_empty_journal_is_rebuilt()
    {
        await journal.AcceptAsync();
        await journal.Store.DisposeAsync();

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => JournalRebuild.RunAsync(journal.Options, [], [journal["audit.jsonl"]], journal.Time, default));

        Assert.Equal(FailureKind.ActNotPossible, failure.Kind);
        await journal.OpenAsync();
    }

    private async Task<Rebuilt> RebuildAsync(params SideCar[] sideCars)
    {
        await journal.Store.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(journal["x"])!, "journal.db*"))
        {
            File.Delete(file);
        }

        var rebuilt = await JournalRebuild.RunAsync(journal.Options, sideCars, [.. new[] { journal["audit.jsonl"], journal["other.jsonl"] }.Where(File.Exists)], journal.Time, default);
        await journal.OpenAsync();
        return rebuilt;
    }

    private async Task AttachAsync(bool verify)
    {
        var item = await journal.TakeAsync(WorkKind.Deliver);
        await journal.Store.AttachStartedAsync(item, default);
        await journal.Store.AttachedAsync(item, "receipt", default);
        if (verify)
        {
            await journal.Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);
        }
    }

    private Task RunAsync() => RunAsync([1]);

    private async Task RunAsync(IReadOnlyList<int> pages)
    {
        while (await journal.TryTakeAsync(WorkKind.Split, WorkKind.Page, WorkKind.Group, WorkKind.Assemble, WorkKind.Prove) is { } item)
        {
            await (item.Kind switch
            {
                WorkKind.Split => journal.Store.SplitDoneAsync(item, "tiff", 1, default),
                WorkKind.Page => journal.ReadAsync(item),
                WorkKind.Group => journal.Store.GroupDoneAsync(item, [new NewDocument(1, pages, Journal.Dossier, [])], default),
                WorkKind.Assemble => journal.Store.AssembleDoneAsync(item, Journal.Files(item.Unit), default),
                _ => journal.Store.ProveDoneAsync(item, 1, 0, Journal.Digest(99), default),
            });
        }
    }
}
