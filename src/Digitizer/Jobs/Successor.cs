namespace Digitizer.Jobs;

/// <summary>What follows from a piece of work, for whoever ends it and has room to go on: claimed by the transaction that enqueues it, which saves one of its own.</summary>
/// <param name="owner">Who goes on, for people.</param>
/// <param name="lease">How long it is gone without a renewal before others may take the work.</param>
/// <param name="room">The kinds that are claimed together with one, itself among them, if there is room for a piece of it; else none. Asked again when a transaction is run again.</param>
/// <remarks>It does not jump the queue: where something of its kind, or something more urgent of those kinds, waits already, it waits too.</remarks>
internal sealed class Successor(string owner, TimeSpan lease, Func<WorkKind, IReadOnlyList<WorkKind>> room)
{
    public string Owner => owner;

    public TimeSpan Lease => lease;

    /// <summary>The piece that was claimed; null: none was.</summary>
    public WorkItem? Claimed { get; internal set; }

    /// <summary>Of what kind others were queued; null: none were.</summary>
    public WorkKind? Queued { get; internal set; }

    /// <inheritdoc cref="Successor" path="/param[@name='room']"/>
    public IReadOnlyList<WorkKind> RoomFor(WorkKind kind) => room(kind);
}
