using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Digitizer.Storage;

namespace Digitizer.Intake.BlobQueues;

/// <summary>A message in our hands: hidden from others, and again and again for longer, until it is deleted or let go.</summary>
/// <remarks>If the message is lost all the same, because a machine stood still, somebody else has it: only its deletion is theirs then.</remarks>
internal sealed class MessageHold : IAsyncDisposable
{
    private readonly QueueClient queue;
    private readonly TimeSpan visibility;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private readonly Task renewing;
    private string receipt;
    private bool isLost;

    public MessageHold(QueueClient queue, QueueMessage message, TimeSpan visibility, TimeProvider time)
    {
        (this.queue, this.visibility, this.time) = (queue, visibility, time);
        (Id, receipt) = (message.MessageId, message.PopReceipt);
        renewing = Task.Run(RenewAsync);
    }

    /// <summary>The message's.</summary>
    public string Id { get; }

    /// <summary>Deletes it; one that is gone, or another's by now, is left alone.</summary>
    /// <exception cref="RequestFailedException">It comes back.</exception>
    public Task DeleteAsync(CancellationToken cancellation) => EndAsync(() => queue.DeleteMessageAsync(Id, receipt, cancellation));

    /// <summary>Has it come back after so long.</summary>
    /// <exception cref="RequestFailedException">It comes back when it would have.</exception>
    public Task LetGoAsync(TimeSpan after, CancellationToken cancellation) => EndAsync(() => queue.UpdateMessageAsync(Id, receipt, visibilityTimeout: after, cancellationToken: cancellation));

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task EndAsync(Func<Task> act)
    {
        await StopAsync().ConfigureAwait(false);
        try
        {
            if (!isLost)
            {
                await act().ConfigureAwait(false);
            }
        }
        catch (RequestFailedException e) when (IsLoss(e))
        {
            isLost = true;
        }
    }

    private async Task StopAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await renewing.ConfigureAwait(false);
    }

    // A renewal that is under way is never broken off: its answer has the receipt that counts from then on.
    private async Task RenewAsync()
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            try
            {
                receipt = (await queue.UpdateMessageAsync(Id, receipt, visibilityTimeout: visibility, cancellationToken: CancellationToken.None).ConfigureAwait(false)).Value.PopReceipt;
            }
            catch (RequestFailedException e) when (IsLoss(e))
            {
                isLost = true;
                return;
            }
            catch (Exception e) when (StorageFailure.IsExpected(e, CancellationToken.None))
            {
                // There is time for another two before it shows.
            }
        }
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            await Task.Delay(visibility / 3, time, stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // MessageNotFound, PopReceiptMismatch.
    private static bool IsLoss(RequestFailedException e) => e.Status is 400 or 404;
}
