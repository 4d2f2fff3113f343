using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>A claimed piece of work. Every transition on it holds only while the claim does.</summary>
/// <param name="Id">The row.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Unit">Whose.</param>
/// <param name="Page">From 1; for <see cref="WorkKind.Page"/> only.</param>
/// <param name="Document">For the kinds from <see cref="WorkKind.Assemble"/> on.</param>
/// <param name="Revision">The document's; 0 for kinds without document.</param>
/// <param name="Epoch">The fencing number of this claim.</param>
/// <param name="Attempt">From 1; counted by the claim.</param>
/// <param name="Priority">Lower goes first.</param>
internal sealed record WorkItem(long Id, WorkKind Kind, UnitId Unit, int? Page, Guid? Document, int Revision, long Epoch, int Attempt, int Priority)
{
    /// <summary>Its unit, of one file, as it was at the claim; null: ask the journal.</summary>
    public JobUnit? Head { get; init; }

    /// <summary>Takes what follows from it; null: that is queued.</summary>
    public Successor? Successor { get; init; }
}

/// <summary>Another owner has the item now, or a person cancelled it: stop, and do nothing more for it.</summary>
internal sealed class LeaseLostException(WorkItem item)
    : Exception($"Work item {item.Id} is no longer held with epoch {item.Epoch}: its lease ran out, or it was cancelled. Its results are not used.");

/// <summary>What a rescue did.</summary>
/// <param name="Requeued">Items whose owner is gone and that are due again.</param>
/// <param name="Quarantined">Items whose attempts are spent.</param>
internal sealed record Rescued(int Requeued, int Quarantined);
