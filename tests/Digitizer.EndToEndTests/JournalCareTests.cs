using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests;

/// <summary>Backups of the journal, and its move to PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class JournalCareTests(PostgresServer server) : IDisposable
{
    private readonly ServiceUnderTest bench = new();

    private TestProgram Program => bench.Program;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_backup_is_made_while_the_service_runs_and_without_it_and_is_never_written_over()
    {
        using (var service = await bench.StartAsync())
        {
            await bench.FileAsync("letter");
            var made = await Program.RunAsync("backup", "--state", "state", "--to", "copies/running.db");
            Assert.True(made.Code == 0, made.ToString());
            Assert.Contains("whole and checked", made.Output, StringComparison.Ordinal);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        var second = await Program.RunAsync("backup", "--state", "state", "--to", "copies/stopped.db");
        Assert.True(second.Code == 0, second.ToString());
        Assert.Equal(["running.db", "stopped.db"], Program.Files("copies"));

        var over = await Program.RunAsync("backup", "--state", "state", "--to", "copies/running.db");
        Assert.True(over.Code == 2, over.ToString());
        Assert.Contains("exists already", over.Errors, StringComparison.Ordinal);

        foreach (var copy in Program.Files("copies"))
        {
            await using var jobs = await JobStore.OpenAsync(new JobOptions { File = Program[$"copies/{copy}"], AuditFile = Program[$"{copy}.audit"] }, TimeProvider.System, default);
            Assert.Equal(UnitState.Closed, Assert.Single(await jobs.UnitsAsync(new UnitFilter(), new Slice(), default)).State);
        }
    }

    [Fact]
    public async Task A_journal_moves_to_PostgreSQL_goes_on_there_and_nobody_writes_two()
    {
        using (var service = await bench.StartAsync())
        {
            await bench.FileAsync("letter");
            var early = await Program.RunAsync("move-journal", "--state", "state", "--to-postgres", server.NewDatabase());
            Assert.True(early.Code == 3, early.ToString());
            Assert.Contains("[OutputInUse]", early.Errors, StringComparison.Ordinal);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        var database = server.NewDatabase();
        var moved = await Program.RunAsync("move-journal", "--state", "state", "--to-postgres", database);
        Assert.True(moved.Code == 0, moved.ToString());
        Assert.Contains("\"PostgreSql\"", moved.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Program["state/journal.db"]));
        Assert.Single(Directory.GetFiles(Program["state"], "journal.db.moved-*"));

        // With the old configuration it does not begin an empty journal.
        var old = await Program.RunAsync("serve", "--config", "serve.json");
        Assert.True(old.Code == 3, old.ToString());
        Assert.Contains("moved to PostgreSQL", old.Errors, StringComparison.Ordinal);

        bench.Configure(new() { ["PostgreSql"] = database });
        using (var service = await bench.StartAsync())
        {
            await bench.FileAsync("next");
            Assert.Equal(2, Directory.GetDirectories(Program[$"dossiers/{Code}"]).Length);
            var backup = await Program.RunAsync("backup", "--state", "state", "--to", "copy.db");
            Assert.True(backup.Code == 2, backup.ToString());
            Assert.Contains("pg_dump", backup.Errors, StringComparison.Ordinal);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        var stopped = await Program.RunAsync("jobs", "list", "--state", "state");
        Assert.Contains("[JournalMissing]", stopped.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Program["state/journal.db"]));
    }

    [Fact]
    public async Task A_service_does_not_begin_a_second_journal_beside_one_or_in_place_of_a_lost_one()
    {
        using (var service = await bench.StartAsync())
        {
            await bench.FileAsync("letter");
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        bench.Configure(new() { ["PostgreSql"] = server.NewDatabase() });
        var beside = await Program.RunAsync("serve", "--config", "serve.json");
        Assert.True(beside.Code == 3, beside.ToString());
        Assert.Contains("move-journal", beside.Errors, StringComparison.Ordinal);

        bench.Configure([]);
        File.Delete(Program["state/journal.db"]);
        var lost = await Program.RunAsync("serve", "--config", "serve.json");
        Assert.True(lost.Code == 3, lost.ToString());
        Assert.Contains("rebuild-journal", lost.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Program["state/journal.db"]));
    }

    [Fact]
    public async Task A_backup_of_a_folder_without_journal_makes_none()
    {
        Program.Write("empty/x", Encoding.UTF8.GetBytes("x"));
        var ended = await Program.RunAsync("backup", "--state", "empty", "--to", "copy.db");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("[JournalMissing]", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(["x"], Program.Files("empty"));
    }
}
