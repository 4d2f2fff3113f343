using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Storage;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.BlobQueues;

/// <summary>What all blob queues of a process share.</summary>
/// <param name="Vault">Where blobs go.</param>
/// <param name="Receiver">Accepts them.</param>
/// <param name="Alerts">Hears what a person should know.</param>
/// <param name="Admission">Largest file.</param>
/// <param name="MinFreeBytes">Nothing is taken while the vault's disk has less.</param>
/// <param name="Share">Brings an original, which lies in the vault with its side-car, to where other machines find it; done before it is accepted.</param>
/// <param name="Release">Lets go of what only this machine needed of it; called when it is accepted.</param>
/// <param name="PutAway">Takes into the trash what was not accepted.</param>
internal sealed record BlobQueueContext(
    LocalVault Vault, IBlobReceiver Receiver, IAlerts Alerts, AdmissionOptions Admission, long MinFreeBytes, Func<OriginalName, CancellationToken, Task> Share, Action<OriginalName> Release, Func<OriginalName, Removal, Task> PutAway);

/// <summary>How a blob queue stands, for health and for people.</summary>
/// <param name="Source">Its name.</param>
/// <param name="InHand">Messages and blobs that are being handled.</param>
/// <param name="Taken">Units made since the start, refused ones among them.</param>
/// <param name="Alerts">What stands.</param>
internal sealed record BlobQueueStatus(string Source, int InHand, long Taken, IReadOnlyCollection<FolderAlert> Alerts);

/// <summary>All blob queues of a process, each by itself: a slow or broken one holds up no other.</summary>
internal sealed class BlobQueueSet : IDisposable
{
    private readonly List<BlobQueue> queues;

    /// <summary>Checks the configuration; nothing is connected to.</summary>
    /// <param name="options">Section <c>Service:BlobQueues</c>.</param>
    /// <param name="accounts">By their configured names; not disposed.</param>
    /// <param name="context">What they share.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For people.</param>
    /// <param name="otherSources">Names that no queue may have.</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid with all that is wrong.</exception>
    public BlobQueueSet(IReadOnlyCollection<BlobQueueOptions> options, IReadOnlyDictionary<string, AzureAccount> accounts, BlobQueueContext context, TimeProvider time, ILogger log, params IEnumerable<string> otherSources)
    {
        BlobQueuesCheck.ThrowOnProblems(options, [.. accounts.Keys], otherSources);
        queues = [.. options.Select(queue => new BlobQueue(queue, accounts[queue.Account], context, time, log))];
    }

    /// <summary>How each stands.</summary>
    public IEnumerable<BlobQueueStatus> Status => queues.Select(queue => queue.Status);

    /// <summary>Takes blobs until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Together.RunAsync(queues.Select(queue => (Func<CancellationToken, Task>)queue.RunAsync), cancellation);

    public void Dispose() => queues.ForEach(queue => queue.Dispose());
}
