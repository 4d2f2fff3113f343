using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Storage;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.BlobQueues;

/// <summary>One blob queue: receives as many messages as there is capacity, and handles each.</summary>
/// <remarks>
/// <para>1. Read the envelope; what cannot be understood, or may not be brought, is listed as refused, copied to the poison queue, deleted.</para>
/// <para>2. Take the blob (<see cref="BlobTaking"/>).</para>
/// <para>3. What is a unit, whether taken or refused, needs no message: it is deleted. All else comes back.</para>
/// Messages come in any order and any number of times; what was done with one is known by its key.
/// </remarks>
internal sealed class BlobQueue : IDisposable
{
    private const int MostAtATime = 32;

    private static readonly TimeSpan ShortestIdle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Closed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EveryMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Old = TimeSpan.FromHours(24);
    private static readonly TimeSpan LetGoPatience = TimeSpan.FromSeconds(5);

    private readonly BlobQueueOptions options;
    private readonly AzureAccount account;
    private readonly BlobQueueContext context;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly EnvelopeReader reader;
    private readonly QueueClient queue;
    private readonly PoisonQueue poison;
    private readonly BlobTaking taking;
    private readonly BlobSweep sweep;
    private readonly QueueAlerts alerts;
    private readonly SemaphoreSlim hands;
    private readonly Outage queueOutage;
    private readonly Outage blobOutage;
    private readonly Outage ownOutage;

    // These two hold nothing up.
    private readonly Outage poisonOutage;
    private readonly Outage sweepOutage;

    public BlobQueue(BlobQueueOptions options, AzureAccount account, BlobQueueContext context, TimeProvider time, ILogger log)
    {
        (this.options, this.account, this.context, this.time, this.log) = (options, account, context, time, log);
        reader = new EnvelopeReader(account.Blobs.AccountName, [.. options.Containers], options.TrustMessageDossier);
        queue = account.Queues.GetQueueClient(options.Queue);
        poison = new PoisonQueue(account.Queues, BlobQueuesCheck.PoisonOf(options));
        taking = new BlobTaking(options, account, context, time, log);
        sweep = new BlobSweep(options, account, context.Receiver, TakeSweptAsync, time, log);
        alerts = new QueueAlerts(options.Name, context.Alerts);
        hands = new SemaphoreSlim(options.AtATime);
        (queueOutage, blobOutage, ownOutage, poisonOutage, sweepOutage) = (new Outage(time), new Outage(time), new Outage(time), new Outage(time), new Outage(time));
    }

    /// <summary>How it stands now.</summary>
    public BlobQueueStatus Status => new(options.Name, options.AtATime - hands.CurrentCount, taking.Count, alerts.Active);

    /// <summary>Takes messages until it is cancelled. Whatever storage, disk or journal do is an alert, and tried again.</summary>
    public Task RunAsync(CancellationToken cancellation)
        => Together.RunAsync([ReceiveAsync, stop => options.SweepMinutes > 0 ? SweepAsync(stop) : Task.CompletedTask, WatchAgeAsync], cancellation);

    public void Dispose() => hands.Dispose();

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        var underWay = new List<Task>();
        var idle = ShortestIdle;
        try
        {
            while (true)
            {
                underWay.RemoveAll(task => task.IsCompletedSuccessfully);
                await (underWay.Find(task => task.IsFaulted) ?? Task.CompletedTask).ConfigureAwait(false);
                var free = await FreeHandsAsync(cancellation).ConfigureAwait(false);
                var messages = await ReceiveAsync(free, cancellation).ConfigureAwait(false);
                underWay.AddRange(messages.Select(message => Task.Run(() => HandleAsync(message, cancellation), CancellationToken.None)));
                Release(free - messages.Length);
                idle = messages.Length > 0 ? ShortestIdle : idle * 2 < LongestIdle ? idle * 2 : LongestIdle;
                if (messages.Length == 0)
                {
                    await Task.Delay(idle, time, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // Each lets its message go.
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many hands were free, all of which are taken now.</returns>
    private async Task<int> FreeHandsAsync(CancellationToken cancellation)
    {
        await UntilOpenAsync(cancellation).ConfigureAwait(false);
        await hands.WaitAsync(cancellation).ConfigureAwait(false);
        var free = 1;

        // Whether it works again is tried with one.
        while (free < MostAtATime && blobOutage.Failure is null && ownOutage.Failure is null && hands.Wait(0, CancellationToken.None))
        {
            free++;
        }

        return free;
    }

    private async Task<QueueMessage[]> ReceiveAsync(int free, CancellationToken cancellation)
    {
        try
        {
            var messages = await queue.ReceiveMessagesAsync(free, TimeSpan.FromSeconds(options.VisibilitySeconds), cancellation).ConfigureAwait(false);
            Well(queueOutage);
            return messages.Value;
        }
        catch (Exception e) when (StorageFailure.IsExpected(e, cancellation))
        {
            Failed(queueOutage, account.Failure(e));
            return [];
        }
        catch
        {
            Release(free);
            throw;
        }
    }

    private void Release(int count)
    {
        if (count > 0)
        {
            hands.Release(count);
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken cancellation)
    {
        var hold = new MessageHold(queue, message, TimeSpan.FromSeconds(options.VisibilitySeconds), time);
        await using (hold.ConfigureAwait(false))
        {
            try
            {
                await EndAsync(hold, await TakeAsync(message, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                await TryLetGoAsync(hold, TimeSpan.Zero).ConfigureAwait(false);
            }
            catch (Exception e) when (BlobTaking.IsOfStorage(e, cancellation))
            {
                Failed(blobOutage, account.Failure(e));
                await PostponeAsync(hold, blobOutage).ConfigureAwait(false);
            }
            catch (Exception e) when (e is DigitizerException or IOException or UnauthorizedAccessException)
            {
                Failed(ownOutage, e as DigitizerException ?? new DigitizerException(FailureKind.OutputNotWritable, "The vault's disk does not answer. Check it.", e));
                await PostponeAsync(hold, ownOutage).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Whatever it is, other messages must not suffer from it, and what waits for this one is told by its age.
                Log.TryFailed(log, options.Name, 0, Fault.Of(e));
                await TryLetGoAsync(hold, EveryMinute).ConfigureAwait(false);
            }
            finally
            {
                hands.Release();
            }
        }
    }

    private async Task<TakeOutcome?> TakeAsync(QueueMessage message, CancellationToken cancellation)
    {
        var key = BlobKey.OfMessage(account.Blobs.AccountName, options.Queue, message.MessageId);
        var envelope = reader.Read(message.MessageText);
        if (envelope.Ignored is { } why)
        {
            Log.Ignored(log, options.Name, why);
            return null;
        }

        var outcome = envelope.Blob is { } wanted
            ? await taking.TakeAsync(wanted, key, cancellation).ConfigureAwait(false)
            : await taking.RefuseAsync(null, key, message.Body.ToMemory().Length, envelope.Refusal!, cancellation).ConfigureAwait(false);
        Well(ownOutage);
        if (envelope.Blob is not null)
        {
            Well(blobOutage);
        }

        return outcome is { Unit: { } unit, Refusal: { Kind: FailureKind.MessageInvalid or FailureKind.BlobNotAllowed or FailureKind.BlobMissing or FailureKind.BlobAbandoned } refusal }
            && !await IsCopiedAsync(message, unit, refusal, cancellation).ConfigureAwait(false)
            ? new TakeOutcome(TakeResult.Failed, Again: EveryMinute)
            : outcome;
    }

    private async Task<bool> IsCopiedAsync(QueueMessage message, UnitId unit, DigitizerException refusal, CancellationToken cancellation)
    {
        try
        {
            await poison.SendAsync(message, options.Queue, unit, refusal, cancellation).ConfigureAwait(false);
            Failpoints.Pass(Failpoint.BlobPoisonCopied);
            Well(poisonOutage);
            return true;
        }
        catch (Exception e) when (StorageFailure.IsExpected(e, cancellation))
        {
            Failed(poisonOutage, account.Failure(e));
            return false;
        }
    }

    private async Task EndAsync(MessageHold hold, TakeOutcome? outcome, CancellationToken cancellation)
    {
        BlobQueueMetrics.Handled(options.Name, outcome is null ? "ignored" : StateOf(outcome.Result));
        if (outcome is { Result: TakeResult.Missing or TakeResult.Failed })
        {
            await hold.LetGoAsync(outcome.Again, cancellation).ConfigureAwait(false);
            return;
        }

        await hold.DeleteAsync(cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BlobMessageDeleted);
    }

    private static string StateOf(TakeResult result) => result switch
    {
        TakeResult.Taken => "taken",
        TakeResult.Known => "known",
        TakeResult.Refused => "refused",
        TakeResult.Missing => "missing",
        _ => "failed",
    };

    private Task PostponeAsync(MessageHold hold, Outage outage)
    {
        BlobQueueMetrics.Handled(options.Name, "postponed");
        return TryLetGoAsync(hold, outage.Remaining);
    }

    // It comes back in any case, only later.
    private async Task TryLetGoAsync(MessageHold hold, TimeSpan after)
    {
        using var patience = new CancellationTokenSource(LetGoPatience, time);
        try
        {
            await hold.LetGoAsync(TimeSpan.FromSeconds(Math.Ceiling(after.TotalSeconds)), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailure.IsExpected(e, CancellationToken.None))
        {
            Log.Paused(log, options.Name, Fault.KindOf(e));
        }
    }

    private async Task<TakeOutcome> TakeSweptAsync(WantedBlob wanted, CancellationToken cancellation)
    {
        await UntilOpenAsync(cancellation).ConfigureAwait(false);
        await hands.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await taking.TakeAsync(wanted, BlobKey.Of(account.Blobs.AccountName, wanted.Container, wanted.Blob, wanted.ETag!), cancellation).ConfigureAwait(false);
        }
        finally
        {
            hands.Release();
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        // The first one is done whoever did one before: nobody knows what happened while nothing ran.
        for (var every = TimeSpan.Zero; ;)
        {
            var next = TimeSpan.FromMinutes(options.SweepMinutes);
            try
            {
                await sweep.RunAsync(every, queue, cancellation).ConfigureAwait(false);
                every = next;
                Well(sweepOutage);
            }
            catch (Exception e) when (BlobTaking.IsOfStorage(e, cancellation) || StorageFailure.IsExpected(e, cancellation))
            {
                Failed(sweepOutage, account.Failure(e));
                next = sweepOutage.Remaining;
            }
            catch (DigitizerException e)
            {
                Failed(ownOutage, e);
                next = ownOutage.Remaining;
            }

            await Task.Delay(next, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WatchAgeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var oldest = (await queue.PeekMessageAsync(cancellation).ConfigureAwait(false)).Value?.InsertedOn;
                alerts.Set(AlertKind.OldMessage, oldest is { } since && time.GetUtcNow() - since > Old
                    ? $"The oldest message of the queue has waited since {since:u}. Look why: {(context.Receiver.IsPaused ? "too much work waits" : "the service may be too slow, or was not running")}."
                    : null);
            }
            catch (Exception e) when (StorageFailure.IsExpected(e, cancellation))
            {
                // Who receives says so.
            }

            await Task.Delay(EveryMinute, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task UntilOpenAsync(CancellationToken cancellation)
    {
        while (Wait() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    private TimeSpan Wait()
    {
        var isOpen = HasRoom() && !context.Receiver.IsPaused;
        return new[] { queueOutage.Remaining, blobOutage.Remaining, ownOutage.Remaining, isOpen ? TimeSpan.Zero : Closed }.Max();
    }

    private bool HasRoom()
    {
        try
        {
            var hasRoom = context.Vault.FreeBytes >= context.MinFreeBytes;
            alerts.Set(AlertKind.NoRoom, hasRoom ? null : $"The vault's disk has less than {context.MinFreeBytes >> 20} MB left; nothing is taken. Free space.");
            return hasRoom;
        }
        catch (IOException e)
        {
            Failed(ownOutage, new DigitizerException(FailureKind.OutputNotWritable, "The vault's disk does not answer. Check it.", e));
            return false;
        }
    }

    private void Failed(Outage outage, DigitizerException why)
    {
        outage.Failed(why);
        Log.Paused(log, options.Name, Fault.KindOf(why));
        Tell();
    }

    private void Well(Outage outage)
    {
        outage.Ended();
        Tell();
    }

    private void Tell()
    {
        var storage = queueOutage.Failure ?? blobOutage.Failure ?? sweepOutage.Failure ?? poisonOutage.Failure;
        alerts.Set(AlertKind.QueueUnreachable, storage?.Message);
        alerts.Set(AlertKind.TakingFailed, ownOutage.Failure is { } own ? $"Nothing can be taken: {own.Kind}. It is tried again." : null, ownOutage.Failure?.Message);
    }
}
