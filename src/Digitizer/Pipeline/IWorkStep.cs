using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>
/// What is done for one kind of work item. A step reads what it needs from journal and vault, does its
/// work, and ends with one transition of the journal. It may be begun again at any time, by another
/// process too: what it leaves in the vault is named by content, so that a second run changes nothing.
/// </summary>
internal interface IWorkStep
{
    WorkKind Kind { get; }

    /// <summary>Runs the step.</summary>
    /// <exception cref="Failures.DigitizerException">It failed; <see cref="RetryRule"/> says what follows.</exception>
    /// <exception cref="LeaseLostException">Another owner has the item: nothing more is to be done.</exception>
    Task RunAsync(WorkItem item, CancellationToken cancellation);
}
