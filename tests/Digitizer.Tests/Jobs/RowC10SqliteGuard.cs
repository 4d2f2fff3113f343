using System.Globalization;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Jobs;

/// <summary>
/// Row C10: the fault of SQLite's log stays away. Its versions are known, what was set is what holds, and writes,
/// checkpoints and reads side by side lose no commit.
/// </summary>
[Trait("Row", "C10")]
public sealed class RowC10SqliteGuard
{
    private const int Writers = 4;
    private const int SmallLog = 1 << 16;

    private static readonly (string Version, bool IsFaulty)[] Versions =
    [
        ("3.7.0", true), ("3.40.1", true), ("3.44.5", true), ("3.44.6", false), ("3.45.0", true),
        ("3.50.4", true), ("3.50.7", false), ("3.51.2", true), ("3.51.3", false), ("3.52.0", false),
    ];

    private static readonly (string Pragma, string Value)[] Settings = [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("wal_autocheckpoint", "0")];

    private readonly Row row = new("C10", 5, 60, 600);
    private readonly List<string> reasons = [];

    [Fact]
    public async Task The_fault_of_the_log_is_known_and_kept_away()
    {
        foreach (var (version, isFaulty) in Versions)
        {
            Judge(new SqliteVersion(Version.Parse(version)).NeedsExclusion == isFaulty, version);
        }

        await ReadSettingsBackAsync();
        await StressAsync(TimeSpan.FromSeconds(row.Count));
        row.Report(reasons);
    }

    private void Judge(bool passed, string what)
    {
        row.Trial(passed);
        reasons.AddRange(passed ? [] : [what]);
    }

    private async Task ReadSettingsBackAsync()
    {
        using var folder = new TempFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder["journal.db"], SmallLog, default);
        foreach (var (pragma, value) in Settings)
        {
            var found = await database.WriteAsync(
                sql => sql.FirstAsync($"PRAGMA {pragma}", r => Convert.ToString(r.GetValue(0), CultureInfo.InvariantCulture)!), () => { }, default);
            Judge(found == value, $"{pragma} = {found}");
        }
    }

    private async Task StressAsync(TimeSpan duration)
    {
        await using var journal = await Journal.CreateAsync(null);
        await journal.Store.DisposeAsync();
        journal.Options.CheckpointBytes = SmallLog;
        await journal.OpenAsync();
        using var over = new CancellationTokenSource(duration);
        var reading = Task.Run(() => ReadAsync(journal.Store, over.Token));
        var accepted = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(journal, over.Token))))).SelectMany(a => a).ToList();
        await reading;

        // The log was emptied again and again, and never grew far beyond its bound.
        Assert.InRange(new FileInfo(journal["journal.db-wal"]).Length, 0, 8 * SmallLog);

        // Opening checks the whole file.
        await journal.ReopenAsync();
        foreach (var unit in accepted)
        {
            Judge(await journal.Store.FindArrivalAsync(unit.ToString(), default) == unit, $"{unit} is lost");
        }

        await journal.AssertBalancedAsync();
    }

    private static async Task<List<UnitId>> WriteAsync(Journal journal, CancellationToken over)
    {
        var mine = new List<UnitId>();
        while (!over.IsCancellationRequested)
        {
            var unit = UnitId.New(TimeProvider.System);
            mine.Add((await journal.Store.AcceptAsync(journal.NewUnit(u => u with { Id = unit, ArrivalKey = unit.ToString() }), default)).UnitId);
            Assert.Equal(unit, await journal.Store.FindArrivalAsync(unit.ToString(), default));
        }

        return mine;
    }

    private static async Task ReadAsync(JobStore store, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await store.UnitsAsync(new UnitFilter(), new Slice(1000), default);
        }
    }
}
