using Digitizer.Failures;
using Digitizer.Jobs;
using Microsoft.Data.Sqlite;

namespace Digitizer.Tests.Jobs;

/// <summary>What only the embedded engine has to promise. Rows C9 and C14 in small.</summary>
public sealed class SqliteJournalTests : IAsyncLifetime
{
    private Journal journal = null!;

    public async Task InitializeAsync() => journal = await Journal.CreateAsync(null);

    public async Task DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task A_second_owner_is_refused()
    {
        var failure = await Assert.ThrowsAsync<DigitizerException>(journal.OpenAsync);

        Assert.Equal(FailureKind.JournalInUse, failure.Kind);
        await journal.AcceptAsync();
    }

    [Fact]
    public async Task A_newer_journal_is_refused_and_left_alone()
    {
        await journal.Store.DisposeAsync();
        await ExecuteAsync($"INSERT INTO journal_version (version) VALUES ({Migrations.Newest + 1})");

        var failure = await Assert.ThrowsAsync<DigitizerException>(journal.OpenAsync);

        Assert.Equal(FailureKind.JournalNewer, failure.Kind);
        await ExecuteAsync($"DELETE FROM journal_version WHERE version = {Migrations.Newest + 1}");
        await journal.OpenAsync();
    }

    [Fact]
    public async Task A_journal_of_version_1_is_brought_to_this_one_with_all_it_holds()
    {
        await journal.Store.DisposeAsync();
        Array.ForEach(Directory.GetFiles(Path.GetDirectoryName(journal["journal.db"])!, "journal.db*"), File.Delete);
        await ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "journal", "version-1.sql")));
        await journal.OpenAsync();

        var unit = Assert.Single(await journal.Store.UnitsAsync(new UnitFilter(Kept: true), new Slice(), default));
        Assert.Equal((UnitState.Closed, null, null), (unit.State, unit.TrashedAt, unit.PurgedAt));
        Assert.Equal(DeliveryState.Verified, Assert.Single((await journal.AccountAsync(unit.Id)).Deliveries).State);
        await journal.AssertBalancedAsync();
        await journal.SplitAsync(1);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await journal.SplitAsync(500);
        await journal.Store.DisposeAsync();
        var good = await File.ReadAllBytesAsync(journal["journal.db"]);
        foreach (var (offset, length) in new[] { (0, 100), (3 * 4096, 4096), (good.Length / 2, 8192) })
        {
            var bad = good.ToArray();
            bad.AsSpan(offset, length).Fill(0xA5);
            await File.WriteAllBytesAsync(journal["journal.db"], bad);

            Assert.Equal(FailureKind.JournalBroken, (await Assert.ThrowsAsync<DigitizerException>(journal.OpenAsync)).Kind);
        }

        await File.WriteAllBytesAsync(journal["journal.db"], good);
        await journal.OpenAsync();
    }

    [Fact]
    public async Task A_backup_is_whole_and_is_never_written_over_another()
    {
        var unit = await journal.SplitAsync(3);
        await journal.Store.BackupAsync(journal["copy/journal.db"], default);
        await journal.SplitAsync(1);

        Assert.Equal(FailureKind.ActNotPossible, (await Assert.ThrowsAsync<DigitizerException>(() => journal.Store.BackupAsync(journal["copy/journal.db"], default))).Kind);
        Assert.Equal(["journal.db"], Directory.EnumerateFiles(journal["copy"]).Select(Path.GetFileName));
        await using var copy = await JobStore.OpenAsync(new JobOptions { File = journal["copy/journal.db"], AuditFile = journal["copy/audit"] }, journal.Time, default);
        Assert.Equal(unit, Assert.Single(await copy.UnitsAsync(new UnitFilter(), new Slice(), default)).Id);
    }

    [Fact]
    public async Task The_tables_refuse_a_state_that_contradicts_itself()
    {
        await journal.SplitAsync(1);
        await journal.Store.DisposeAsync();
        foreach (var sql in (string[])["UPDATE unit SET state = 'closed'", "UPDATE unit SET state = 'exception'", "UPDATE page SET state = 'read'", "UPDATE work SET state = 'done'", "UPDATE work SET state = 'running'", "UPDATE work SET state = 'odd'"])
        {
            Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(sql + " WHERE state NOT IN ('done')"))).SqliteErrorCode);
        }

        await journal.OpenAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={journal["journal.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
