using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Only_a_unit_whose_documents_were_all_read_back_is_over_its_time_and_it_leaves_once()
    {
        var (filed, document) = await journal.ProvedAsync(Journal.Dossier);
        Assert.Empty(await Store.RetentionOverAsync(journal.Time.GetUtcNow(), 10, default));
        await AttachAsync();
        var (unfiled, _) = await journal.ProvedAsync();
        Assert.False(await Store.TrashedAsync(unfiled, "an", default));
        var now = journal.Time.GetUtcNow();
        Assert.Empty(await Store.RetentionOverAsync(now.AddTicks(-TimeSpan.TicksPerSecond), 10, default));
        Assert.Equal([filed], (await Store.RetentionOverAsync(now, 10, default)).Select(u => u.Id));
        Assert.False(await Store.PurgedAsync(filed, "an", default));

        Assert.True(await Store.TrashedAsync(filed, "an", default));
        Assert.False(await Store.TrashedAsync(filed, "an", default));
        Assert.Empty(await Store.RetentionOverAsync(now, 10, default));
        Assert.Equal([filed], (await Store.TrashAsync(new Slice(), default)).Select(u => u.Id));
        Assert.Equal([unfiled], (await Store.UnitsAsync(new UnitFilter(Kept: true), new Slice(), default)).Select(u => u.Id));

        Assert.True(await Store.PurgedAsync(filed, "an", default));
        Assert.Empty(await Store.TrashAsync(new Slice(), default));
        Assert.Equal(UnitState.Closed, (await journal.AccountAsync(filed)).Unit.State);
        Assert.Equal(DeliveryState.Verified, await journal.DeliveryAsync(document));
        await journal.AssertBalancedAsync();
    }

    [Fact]
    public async Task Results_are_a_units_own_if_no_kept_one_has_them()
    {
        var (first, _) = await journal.ProvedAsync(Journal.Dossier);
        await AttachAsync();
        var pdf = Journal.Files(first).PdfSha256;
        Assert.True(await Store.TrashedAsync(first, "an", default));
        Assert.Contains(pdf, await Store.OwnResultsAsync([first], default));
        var (_, _) = await journal.ProvedAsync(Journal.Dossier);

        // Text, page result and result file have the same digests in both.
        Assert.Equal([pdf], await Store.OwnResultsAsync([first], default));
    }

    private async Task AttachAsync()
    {
        var deliver = await journal.TakeAsync(WorkKind.Deliver);
        await Store.AttachStartedAsync(deliver, default);
        await Store.AttachedAsync(deliver, "receipt", default);
        await Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);
    }
}
