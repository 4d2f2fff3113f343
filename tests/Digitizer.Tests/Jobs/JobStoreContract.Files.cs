using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_document_of_several_files_comes_back_as_it_was_given_and_is_taken_once()
    {
        var given = journal.NewUnit(files: 3);
        await Store.AcceptAsync(given, default);
        Assert.True((await Store.AcceptAsync(given, default)).WasKnown);
        var other = await journal.AcceptAsync(u => u with { Batch = given.Batch! with { Document = "3" } });

        var account = await journal.AccountAsync(given.Id);
        var kept = account.Unit.Arrival;
        Assert.Equal(given.Batch, kept.Batch);
        Assert.Equal(given.Files!.Select(f => (f.Id, f.FileName, f.ShownName, f.Bytes, f.Sha256)), kept.Files!.Select(f => (f.Id, f.FileName, f.ShownName, f.Bytes, f.Sha256)));
        Assert.Equal(new[] { given.Id, other }.ToHashSet(), account.BatchUnits.ToHashSet());
        Assert.Equal(3, (await Store.UnitsAsync(new UnitFilter(), new Slice(), default)).Single(u => u.Id == given.Id).FileCount);
        foreach (var file in given.Files!)
        {
            Assert.Equal(given.Id, await Store.FindFileAsync(file.Id, default));
        }

        Assert.Null(await Store.FindFileAsync(UnitId.New(journal.Time), default));
        Assert.Null((await journal.AccountAsync(other)).Unit.Arrival.Files);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Pages_of_several_files_are_numbered_through_and_grouped_when_all_are_read()
    {
        var given = journal.NewUnit(files: 3);
        await Store.AcceptAsync(given, default);
        await Store.SplitDoneAsync(await journal.TakeAsync(WorkKind.Split), "Png+Tiff", [1, 2, 1], default);
        var unit = (await journal.AccountAsync(given.Id)).Unit;
        Assert.Equal(4, unit.Pages);
        Assert.Equal([(0, 0), (1, 0), (1, 1), (2, 0)], Enumerable.Range(1, 4).Select(unit.Locate).Select(p => (unit.Arrival.Files!.ToList().IndexOf(p.File), p.Frame)));
        await journal.AssertBalancedAsync();
        for (var page = 1; page <= 4; page++)
        {
            Assert.Null(await journal.TryTakeAsync(WorkKind.Group));
            await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        }

        await Store.GroupDoneAsync(await journal.TakeAsync(WorkKind.Group), [new NewDocument(1, [1, 2, 3, 4], Journal.Dossier, [])], default);
        await Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), Journal.Files(given.Id), default);
        await Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 4, 0, Journal.Digest(99), default);
        await AttachAsync();
        Assert.Equal(3, Assert.Single(await Store.RetentionOverAsync(journal.Time.GetUtcNow(), 10, default)).Arrival.Originals.Count);
        Assert.Equal(3, Assert.Single(await Store.HoldingsAsync(new Slice(), default)).Unit.Arrival.Originals.Count);
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_keeps_its_document_with_a_person_until_it_is_tried_again()
    {
        var given = journal.NewUnit(files: 2);
        await Store.AcceptAsync(given, default);
        await Store.FailAsync(await journal.TakeAsync(WorkKind.Split), FailureKind.FormatNotSupported, "a1.jpg: …", null, default);
        Assert.Equal(UnitState.Exception, (await journal.AccountAsync(given.Id)).Unit.State);
        await journal.AssertBalancedAsync();

        await Store.RetryAsync(given.Id, "an", default);
        await Store.SplitDoneAsync(await journal.TakeAsync(WorkKind.Split), "Jpeg", [2, 1], default);
        await Store.RestartAsync(given.Id, "x", Profiles.Default, null, "an", default);
        var split = await journal.TakeAsync(WorkKind.Split);
        Assert.Equal(FailureKind.PageCountDiffers, (await Assert.ThrowsAsync<DigitizerException>(() => Store.SplitDoneAsync(split, "Jpeg", [1, 2], default))).Kind);
        await Store.SplitDoneAsync(split, "Jpeg", [2, 1], default);
        await journal.AssertBalancedAsync();
    }
}
