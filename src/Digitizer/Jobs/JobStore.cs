using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>
/// The journal: every unit, page, document, delivery and piece of work, on SQLite or PostgreSQL. All SQL is
/// in this class; a method is a transition or a query. Every transition is one durable transaction that moves
/// the thing, enqueues what comes next, and writes the history; one on a claimed item throws
/// <see cref="LeaseLostException"/>, and changes nothing, when the claim is no longer held.
/// </summary>
/// <remarks>
/// PostgreSQL runs READ COMMITTED: what must not race (is this the last page?) first locks the unit's row, and
/// only then the item's, always in this order. The claim and the rescue pass locked rows by.
/// </remarks>
internal sealed partial class JobStore : IAsyncDisposable
{
    private readonly JournalDatabase database;
    private readonly AuditFile audit;
    private readonly TimeProvider time;
    private readonly int maxAttempts;
    private readonly bool usesServerClock;

    // How far the journal's clock is ahead of this machine's.
    private TimeSpan clockAhead;

    private JobStore(JournalDatabase database, AuditFile audit, JobOptions options, TimeProvider time)
    {
        this.database = database;
        this.audit = audit;
        this.time = time;
        (maxAttempts, usesServerClock) = (options.MaxAttempts, options.UsesServerClock);
    }

    /// <summary>Opens the journal, makes or migrates its tables.</summary>
    /// <exception cref="DigitizerException">JournalNewer, JournalBroken, JournalInUse, JournalUnavailable.</exception>
    public static async Task<JobStore> OpenAsync(JobOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var database = await JournalDatabases.OpenAsync(options, cancellation).ConfigureAwait(false);
        JobStore? store = null;
        try
        {
            await Migrations.ApplyAsync(database, cancellation).ConfigureAwait(false);
            var audit = AuditFile.Open(options.AuditFile);
            store = new JobStore(database, audit, options, time);
            if (database.HasOneOwner)
            {
                await AuditedChanges.MeetAsync(database, audit.LastNumber, options.IsRebuilt, cancellation).ConfigureAwait(false);
            }

            await store.SetClockAsync(cancellation).ConfigureAwait(false);
            return store;
        }
        catch
        {
            store?.audit.Dispose();
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Name and version of the engine, for people.</summary>
    public string Engine => database.Engine;

    /// <summary>True: that it cannot be reached passes, and nobody need end for it.</summary>
    public bool MayComeBack => !database.HasOneOwner;

    /// <summary>How far the journal's clock is ahead of this machine's; none where they are one.</summary>
    public TimeSpan ClockAhead => clockAhead;

    /// <summary>The time by which all that work on this journal go.</summary>
    private DateTimeOffset Now => time.GetUtcNow() + clockAhead;

    /// <summary>SQLite: writes a whole, checked copy into a new file while work goes on.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: the file exists, or the engine has its own backup; JournalBroken: the copy is damaged.</exception>
    public Task BackupAsync(string copy, CancellationToken cancellation) => database.BackupAsync(copy, cancellation);

    /// <summary>SQLite: reads all of a copy and looks for damage while work goes on; PostgreSQL has its own means.</summary>
    /// <param name="scratch">Where the copy may lie; the caller deletes its folder.</param>
    /// <param name="cancellation">Ends the wait for other transactions.</param>
    /// <exception cref="DigitizerException">JournalBroken: nothing may be acknowledged any more; OutputNotWritable: it could not be checked.</exception>
    public Task CheckAsync(string scratch, CancellationToken cancellation) => database.CheckAsync(scratch, cancellation);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync().ConfigureAwait(false);
        audit.Dispose();
    }

    /// <summary>Leases are compared with one clock, whatever the clocks of machines say.</summary>
    private async Task SetClockAsync(CancellationToken cancellation)
    {
        if (!usesServerClock || database.ServerClock is not { } query)
        {
            return;
        }

        var before = time.GetUtcNow();
        var server = await database.ReadAsync(sql => sql.NumberAsync(query), cancellation).ConfigureAwait(false);
        clockAhead = DateTimeOffset.FromUnixTimeMilliseconds(server) - (before + ((time.GetUtcNow() - before) / 2));
    }

    private async Task<T> ChangeAsync<T>(Func<Change, Task<T>> work, CancellationToken cancellation)
    {
        IReadOnlyList<AuditLine> lines = [];
        Change? last = null;
        var answer = await database.WriteAsync(
            async sql =>
            {
                var change = last = new Change(sql, Now);
                var result = await work(change).ConfigureAwait(false);
                lines = database.HasOneOwner ? await AuditedChanges.NumberAsync(sql, change.Audit).ConfigureAwait(false) : change.Audit;
                return result;
            },
            () =>
            {
                audit.Append(lines);
                Failpoints.Pass(Failpoint.AuditWritten);
            },
            cancellation).ConfigureAwait(false);
        if (last is { Successor: { } successor })
        {
            (successor.Claimed, successor.Queued) = (last.Claimed, last.Queued);
        }

        Failpoints.Pass(Failpoint.Committed);
        JournalMetrics.Committed(lines);
        return answer;
    }

    private async Task ChangeAsync(Func<Change, Task> work, CancellationToken cancellation)
        => await ChangeAsync(async change => { await work(change).ConfigureAwait(false); return true; }, cancellation).ConfigureAwait(false);

    /// <summary>A transition on a claimed item: the unit's row is locked, the claim is checked, the item gets its new state.</summary>
    private Task FinishAsync(WorkItem item, ReadOnlySpan<WorkKind> kinds, WorkState state, Func<Change, JobUnit, string, Task> work, CancellationToken cancellation)
        => FinishAsync<bool>(item, kinds, state, null, (change, unit, owner, _) => work(change, unit, owner), cancellation);

    /// <summary>The same, with the rows of a query that is asked as soon as the unit is locked.</summary>
    private Task FinishAsync<T>(WorkItem item, ReadOnlySpan<WorkKind> kinds, WorkState state, Func<WorkItem, Query<T>>? query, Func<Change, JobUnit, string, IReadOnlyList<T>, Task> work, CancellationToken cancellation)
    {
        Expect(item, kinds);
        return ChangeAsync(
            async change =>
            {
                change.Successor = item.Successor;
                var (unit, owner, rows) = await LockAsync(change, item, Ended(change, item, state), query?.Invoke(item)).ConfigureAwait(false);
                change.Unit = unit;
                await work(change, unit, owner, rows).ConfigureAwait(false);
            },
            cancellation);
    }

    private static void Expect(WorkItem item, params ReadOnlySpan<WorkKind> kinds)
    {
        if (!kinds.Contains(item.Kind))
        {
            throw new DigitizerException(FailureKind.Internal, $"A {StateName.Of(item.Kind)} item cannot end in this way. Hand this message to support.");
        }
    }

    /// <summary>For an update that holds only in the state that the caller expects.</summary>
    private static void ExpectOne(int rows, string what)
    {
        if (rows != 1)
        {
            throw Unfit(what);
        }
    }

    private static DigitizerException Unfit(string what) => new(FailureKind.Internal, $"The journal refused a change that does not fit the state of {what}. Hand this message to support.");

    private async Task<JobUnit> LockAsync(Change change, UnitId id)
        => await FindUnitAsync(change.Sql, id, database.ForUpdate).ConfigureAwait(false)
            ?? throw NoUnit(id);

    private static DigitizerException NoUnit(UnitId id) => new(FailureKind.ActNotPossible, $"There is no unit {id}. See `digitizer jobs list`.");

    private static async Task<string> EndAsync(Change change, WorkItem item, WorkState state)
    {
        var end = Ended(change, item, state);
        return await change.Sql.FirstAsync(end.Sql, end.Row, end.Values).ConfigureAwait(false) ?? throw new LeaseLostException(item);
    }

    /// <summary>The unit's row is locked, and then the item's.</summary>
    /// <param name="change">The transaction.</param>
    /// <param name="item">It must still be claimed.</param>
    /// <param name="held">Locks the item, and gives its owner.</param>
    /// <param name="query">Asked after that; null: nothing is.</param>
    private async Task<(JobUnit Unit, string Owner, IReadOnlyList<T> Rows)> LockAsync<T>(Change change, WorkItem item, Query<string> held, Query<T>? query)
    {
        var units = await change.Sql.AskAsync(UnitQuery($"WHERE id = @id {database.ForUpdate}", ("id", item.Unit.ToString()))).ConfigureAwait(false);
        var owners = await change.Sql.AskAsync(held).ConfigureAwait(false);
        var rows = query is null ? [] : await change.Sql.AskAsync(query).ConfigureAwait(false);
        await change.Sql.FlushAsync().ConfigureAwait(false);
        var unit = units.Count == 0 ? throw NoUnit(item.Unit) : units[0];
        return owners.Count == 0 ? throw new LeaseLostException(item) : (await CompleteAsync(change.Sql, unit).ConfigureAwait(false), owners[0], rows);
    }

    private static Query<string> Ended(Change change, WorkItem item, WorkState state) => new(
        "UPDATE work SET state = @state, lease_until = NULL, finished_at = @now WHERE id = @id AND kind = @kind AND epoch = @epoch AND state = 'running' RETURNING owner",
        row => row.GetString(0),
        ("state", StateName.Of(state)), ("now", change.Now), ("id", item.Id), ("kind", StateName.Of(item.Kind)), ("epoch", item.Epoch));

    private static async Task MoveUnitAsync(Change change, UnitId unit, UnitState state)
        => await change.Sql.LaterAsync(
            "UPDATE unit SET state = @state, failure_kind = NULL, failure_message = NULL, changed_at = @now, finished_at = @finished WHERE id = @id",
            ("state", StateName.Of(state)), ("now", change.Now), ("finished", state is UnitState.Closed or UnitState.Cancelled ? change.Now : null), ("id", unit.ToString())).ConfigureAwait(false);

    private static async Task ExceptAsync(Change change, JobUnit unit, Failure failure)
    {
        await change.Sql.LaterAsync(
            "UPDATE unit SET state = 'exception', failure_kind = @kind, failure_message = @message, changed_at = @now, finished_at = @now WHERE id = @id",
            ("kind", failure.Kind.ToString()), ("message", failure.Message), ("now", change.Now), ("id", unit.Id.ToString())).ConfigureAwait(false);
        change.Tell(new AuditLine { Unit = unit.Id.ToString(), Source = unit.Arrival.Source, What = "exception", Failure = failure });
    }
}
