using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Digitizer.Storage;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Looks through the containers for blobs that no message told of: events get lost, and queues forget after a week.</summary>
/// <param name="options">The queue's.</param>
/// <param name="account">Where its containers are.</param>
/// <param name="receiver">Knows what was taken.</param>
/// <param name="take">Takes one, when there is capacity.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For people.</param>
internal sealed class BlobSweep(
    BlobQueueOptions options, AzureAccount account, IBlobReceiver receiver, Func<WantedBlob, CancellationToken, Task<TakeOutcome>> take, TimeProvider time, ILogger log)
{
    private const int PageSize = 1000;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    // Its message may be on the way.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(2);

    // Hierarchical accounts make an empty file first, and its content comes when it comes.
    private static readonly TimeSpan YoungAndEmpty = TimeSpan.FromHours(1);

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(30);

    private readonly string owner = Guid.NewGuid().ToString("N");
    private long renewed;

    private string Chore => $"sweep:{options.Name}";

    /// <summary>Looks through all of them once, unless another process does, or did not long ago.</summary>
    /// <param name="every">How long ago.</param>
    /// <param name="queue">Its oldest message tells which blobs may still have one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(TimeSpan every, QueueClient queue, CancellationToken cancellation)
    {
        if (!await KeepAsync(every, cancellation).ConfigureAwait(false))
        {
            return;
        }

        var found = 0L;
        var before = await OldestAsync(queue, cancellation).ConfigureAwait(false) - Young;
        foreach (var container in options.Containers)
        {
            found += await SweepAsync(container, before, cancellation).ConfigureAwait(false);
        }

        await receiver.ForgetTriesAsync(Forgotten, cancellation).ConfigureAwait(false);
        await receiver.DoneChoreAsync(Chore, owner, cancellation).ConfigureAwait(false);
        renewed = 0;
        if (found > 0)
        {
            Log.Swept(log, options.Name, found);
        }
    }

    // What is younger than a message that waits may have a message that waits, and that may know more than we. Messages in somebody's hands are
    // not shown, only counted: while there are any, what came within the longest that a message is in hand is left to them.
    private async Task<DateTimeOffset> OldestAsync(QueueClient queue, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var oldest = (await queue.PeekMessageAsync(cancellation).ConfigureAwait(false)).Value?.InsertedOn ?? now;
        var counted = (await queue.GetPropertiesAsync(cancellation).ConfigureAwait(false)).Value.ApproximateMessagesCountLong;
        var inHand = counted == 0 ? TimeSpan.Zero : BlobTaking.LongestAway + TimeSpan.FromSeconds(2 * options.VisibilitySeconds);
        return (oldest < now ? oldest : now) - inHand;
    }

    private async Task<long> SweepAsync(string container, DateTimeOffset before, CancellationToken cancellation)
    {
        var found = 0L;
        var pages = account.Blobs.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, options.Prefix, cancellation).AsPages(pageSizeHint: PageSize);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var blobs = page.Values.Where(blob => IsDue(blob, before)).Select(blob => new WantedBlob(container, blob.Name, blob.Properties.ETag!.Value.ToString().Trim('"'))).ToList();
            var known = await receiver.KnownAsync([.. blobs.Select(KeyOf)], cancellation).ConfigureAwait(false);
            var unknown = blobs.Where(blob => !known.Contains(KeyOf(blob))).ToList();
            await Parallel.ForEachAsync(unknown, new ParallelOptions { MaxDegreeOfParallelism = options.AtATime, CancellationToken = cancellation }, async (blob, stop) =>
            {
                await KeepAsync(TimeSpan.Zero, stop).ConfigureAwait(false);
                if ((await take(blob, stop).ConfigureAwait(false)).Result is TakeResult.Taken or TakeResult.Refused)
                {
                    Interlocked.Increment(ref found);
                    BlobQueueMetrics.Swept(options.Name);
                }
            }).ConfigureAwait(false);
        }

        return found;
    }

    private static bool IsDue(BlobItem blob, DateTimeOffset before)
        => blob is { Deleted: false, Properties: { ETag: not null, LastModified: { } modified } properties }
            && !(blob.Metadata.TryGetValue("hdi_isfolder", out var isFolder) && isFolder == "true")
            && modified < (properties.ContentLength == 0 ? before - YoungAndEmpty : before);

    private string KeyOf(WantedBlob blob) => BlobKey.Of(account.Blobs.AccountName, blob.Container, blob.Blob, blob.ETag!);

    // Another process that has it meanwhile does the same as we do, and the journal keeps both apart.
    private async Task<bool> KeepAsync(TimeSpan every, CancellationToken cancellation)
    {
        if (every == TimeSpan.Zero && renewed != 0 && time.GetElapsedTime(renewed) < Lease / 3)
        {
            return true;
        }

        var isOurs = await receiver.TakeChoreAsync(Chore, owner, Lease, every, cancellation).ConfigureAwait(false);
        renewed = time.GetTimestamp();
        return isOurs;
    }
}
