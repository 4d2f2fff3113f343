using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>The unit of a claimed item.</summary>
    public async Task<JobUnit> UnitOfAsync(WorkItem item, CancellationToken cancellation)
        => item.Head ?? await HeadAsync(item.Unit, cancellation).ConfigureAwait(false)
            ?? throw new DigitizerException(FailureKind.Internal, $"Work item {item.Id} is of unit {item.Unit}, which is not there. Hand this message to support.");

    /// <summary>A unit without its pages, documents and history; null if there is none.</summary>
    public async Task<JobUnit?> HeadAsync(UnitId id, CancellationToken cancellation)
    {
        var query = UnitQuery("WHERE id = @id", ("id", id.ToString()));
        var unit = await database.LookAsync(sql => sql.FirstAsync(query.Sql, query.Row, query.Values), cancellation).ConfigureAwait(false);

        // The pages of several files change with their unit.
        return unit is { FileCount: > 1 } ? await database.ReadAsync(sql => FindUnitAsync(sql, id), cancellation).ConfigureAwait(false) : unit;
    }

    /// <summary>True if nothing of a unit is waiting for work or being worked on: it is finished, or waits for a person.</summary>
    public Task<bool> IsSettledAsync(UnitId id, CancellationToken cancellation)
        => database.ReadAsync(
            async sql => await sql.NumberAsync("SELECT count(*) FROM work WHERE unit = @unit AND state IN ('queued', 'running')", ("unit", id.ToString())).ConfigureAwait(false) == 0,
            cancellation);

    /// <summary>
    /// On an engine that one process owns nobody else can be at work: what was claimed when this process began is due
    /// again at the next rescue, without waiting for its lease.
    /// </summary>
    public Task DisownDeadAsync(CancellationToken cancellation)
        => database.HasOneOwner
            ? ChangeAsync(async change => await change.Sql.ExecuteAsync("UPDATE work SET lease_until = 0 WHERE state = 'running'").ConfigureAwait(false), cancellation)
            : Task.CompletedTask;

    /// <summary>A delivery that was begun certainly reached nobody: it is pending again, and the next try need not ask.</summary>
    /// <exception cref="LeaseLostException">The claim is lost.</exception>
    public Task NotSentAsync(WorkItem item, CancellationToken cancellation)
        => ChangeAsync(
            async change =>
            {
                Expect(item, WorkKind.Deliver);
                var unit = await LockAsync(change, item.Unit).ConfigureAwait(false);
                await HeldAsync(change, item, "UPDATE work SET lease_until = lease_until").ConfigureAwait(false);
                await SetDeliveryAsync(change, unit.Id, await DeliveryAsync(change.Sql, item).ConfigureAwait(false) with { State = DeliveryState.Pending }).ConfigureAwait(false);
            },
            cancellation);
}
