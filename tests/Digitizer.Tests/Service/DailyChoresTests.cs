using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Service;

public sealed class DailyChoresTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 10, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(Morning);
    private readonly StateFolder state;
    private readonly ServiceAlerts alerts;
    private JobStore jobs = null!;

    public DailyChoresTests()
    {
        state = StateFolder.Open(folder["state"]);
        alerts = new ServiceAlerts(new AlertLog(NullLogger.Instance), time);
    }

    public async Task InitializeAsync() => jobs = await JobStore.OpenAsync(new JobOptions { File = folder["state/journal.db"], AuditFile = folder["state/audit.jsonl"] }, time, default);

    public async Task DisposeAsync() => await jobs.DisposeAsync();

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_day_comes_at_its_hour_and_one_that_was_missed_is_made_up_for()
    {
        var clock = Clock();
        Assert.Equal(TimeSpan.FromHours(18), clock.Remaining);
        time.Advance(TimeSpan.FromHours(18));
        Assert.Equal(TimeSpan.Zero, clock.Remaining);
        clock.Done();
        Assert.Equal(TimeSpan.FromHours(24), clock.Remaining);

        // Off over night: due at the next start.
        time.Advance(TimeSpan.FromHours(30));
        var next = Clock();
        Assert.Equal(TimeSpan.FromHours(-6), next.Remaining);
        next.Done();
        Assert.Equal(TimeSpan.FromHours(18), Clock().Remaining);
    }

    [Fact]
    public void A_clock_that_was_set_back_delays_it_by_a_day_at_most()
    {
        Clock().Done();
        time.AdjustTime(Morning.AddDays(-100));
        Assert.Equal(TimeSpan.FromHours(18), Clock().Remaining);
    }

    [Fact]
    public async Task A_whole_journal_passes_and_nothing_is_left_of_its_copy()
    {
        await FillAsync();
        using var retention = Retention();
        await Chores(retention).DoAsync(default);

        Assert.Empty(alerts.Active);
        Assert.Empty(Directory.GetFileSystemEntries(folder["state/work"]));
    }

    [Fact]
    public async Task A_damaged_journal_raises_an_alert_and_ends_all_writing()
    {
        await FillAsync();
        await jobs.DisposeAsync();

        // An index that disagrees with its table: the check at the start does not compare them, and a backup would write it anew.
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder["state/journal.db"]};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX unit_sha256 ON unit (name)' WHERE name = 'unit_sha256'";
            await command.ExecuteNonQueryAsync();
        }

        await InitializeAsync();
        using var retention = Retention();
        var failure = await Assert.ThrowsAsync<DigitizerException>(() => Chores(retention).DoAsync(default));

        Assert.Equal(FailureKind.JournalBroken, failure.Kind);
        Assert.Equal(ServiceAlertKind.JournalDamaged, Assert.Single(alerts.Active).Kind);
        Assert.Equal(FailureKind.JournalBroken, (await Assert.ThrowsAsync<DigitizerException>(() => jobs.RescueAsync(default))).Kind);

        // The quick check of the next start would pass.
        var options = new ServiceOptions { State = folder["state"] };
        Assert.Equal(FailureKind.JournalBroken, Assert.Throws<DigitizerException>(() => JournalGuard.ThrowIfNotOurs(options)).Kind);
        JournalGuard.Unmark(options.State);
        JournalGuard.ThrowIfNotOurs(options);
    }

    private DailyClock Clock() => new(folder["state/daily"], new TimeOnly(2, 0), time);

    private Retention Retention() => new(jobs, Vault(), new RetentionOptions(), time);

    private LocalVault Vault() => LocalVault.Open(folder["vault"], time);

    private DailyChores Chores(Retention retention) => new(state, jobs, retention, alerts, Clock(), NullLogger.Instance);

    private async Task FillAsync()
    {
        var units = new KeptUnits(jobs, Vault(), null, time);
        for (var i = 0; i < 20; i++)
        {
            await units.AddAsync(i);
        }
    }
}
