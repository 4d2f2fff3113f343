using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

[Collection(PostgresTests.Name)]
public sealed class JournalMoveTests(PostgresServer server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_moves_between_the_engines_with_every_row_and_work_goes_on(bool toPostgres)
    {
        var database = server.NewDatabase();
        await using var old = await Journal.CreateAsync(toPostgres ? null : database);
        var (done, _) = await old.ProvedAsync();
        var unit = await old.SplitAsync(5);
        await old.ReadAsync(await old.TakeAsync(WorkKind.Page));
        await old.AcceptAsync(u => u with { Refusal = new Failure(FailureKind.FileEmpty, "rỗng") });
        var joined = old.NewUnit(files: 2);
        await old.Store.AcceptAsync(joined, default);
        await old.Store.StartWebhookAsync("portal", default);
        await old.Store.BeginTryAsync("blob:a", default);
        await old.Store.TakeChoreAsync("sweep", "one", Journal.Lease, TimeSpan.Zero, default);
        var before = await old.AccountAsync(unit);
        await old.Store.DisposeAsync();
        var options = new JobOptions { Engine = toPostgres ? JournalEngine.PostgreSql : JournalEngine.Sqlite, Connection = server.NewDatabase(), File = old["moved.db"], AuditFile = old["moved.jsonl"] };

        var rows = await JournalMove.RunAsync(old.Options, options, default);

        Assert.Equal((4, 2, 6, 1, 13, 1), (rows["unit"], rows["original"], rows["page"], rows["document"], rows["history"], rows["webhook"]));
        Assert.Equal((1, 1), (rows["blob_try"], rows["chore"]));
        await using (var moved = await JobStore.OpenAsync(options, old.Time, default))
        {
            var after = Assert.IsType<UnitAccount>(await moved.UnitAsync(unit, default));
            Assert.Equal(before.Pages, after.Pages);
            Assert.Equal(before.History, after.History);
            Assert.Equal(before.Work, after.Work);
            Assert.Equal(UnitState.Closed, (await moved.UnitAsync(done, default))!.Unit.State);
            Assert.Equal(joined.Files!.Select(f => f.Sha256), (await moved.UnitAsync(joined.Id, default))!.Unit.Arrival.Files!.Select(f => f.Sha256));
            Assert.Equal(1, (await moved.TriesAsync("blob:a", default)).Count);
            Assert.Equal(13, (await moved.StartWebhookAsync("portal", default)).HistoryId);
            Assert.True((await moved.BalanceAsync(default)).Balanced);
            var page = Assert.Single(await moved.ClaimAsync([WorkKind.Page], "test", Journal.Lease, 1, default));
            await moved.PageDoneAsync(page, new PageEnd(PageState.Read, "x"), default);
            Assert.False((await moved.AcceptAsync(old.NewUnit(), default)).WasKnown);
        }

        Assert.Equal(FailureKind.ActNotPossible, (await Assert.ThrowsAsync<DigitizerException>(() => JournalMove.RunAsync(old.Options, options, default))).Kind);
        await old.OpenAsync();
    }

    [Fact]
    public async Task An_unreachable_server_is_said_as_such()
    {
        using var folder = new Support.TempFolder();
        var options = new JobOptions { Engine = JournalEngine.PostgreSql, Connection = "Host=127.0.0.1;Port=1;Timeout=2", AuditFile = folder["audit"] };

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => JobStore.OpenAsync(options, TimeProvider.System, default));

        Assert.Equal(FailureKind.JournalUnavailable, failure.Kind);
    }
}
