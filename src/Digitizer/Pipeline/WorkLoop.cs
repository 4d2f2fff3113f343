using System.Collections.Concurrent;
using Digitizer.Failures;
using Digitizer.Jobs;
using Microsoft.Extensions.Logging;

namespace Digitizer.Pipeline;

/// <summary>Takes due work from the journal and has it done, lane by lane.</summary>
/// <remarks>
/// This loop may see anything fail. A failure of an item is written into the journal and costs that
/// item an attempt; a failure of the journal itself ends the loop, because nothing may be acknowledged
/// without it. A journal on a server may be away for a time: the loop waits for it, and gives back what it had in hand.
/// Items whose step is cut short by shutdown are given back and cost no attempt.
/// </remarks>
internal sealed class WorkLoop(
    JobStore jobs, IEnumerable<IWorkStep> steps, IReadOnlyList<WorkLane> lanes, WorkOptions options, TimeProvider time, ILogger<WorkLoop> log)
{
    private readonly Dictionary<WorkKind, IWorkStep> steps = steps.ToDictionary(step => step.Kind);
    private readonly LanePlaces[] lanes = [.. lanes.Select(lane => new LanePlaces(lane, options, time))];

    // How often the journal was found away, and of how many of these it is known that it came back as the same.
    private int timesAway;
    private int timesBack;

    // Ids of the work that is being done.
    private readonly ConcurrentDictionary<long, bool> inHand = new();

    /// <summary>Names this process among all that share the journal.</summary>
    public string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Run after the journal was away, before anything is taken from it.</summary>
    public Func<CancellationToken, Task>? Returned { get; init; }

    /// <summary>Raised when an item could not be done for a reason that lies in the machine.</summary>
    public event Action<DigitizerException>? MachineFailed;

    /// <summary>Raised after every item, however it ended.</summary>
    public event Action<WorkItem>? Worked;

    /// <summary>Says that there may be work: a unit was accepted.</summary>
    public void Wake() => Wake(_ => true);

    /// <summary>Works until told to stop.</summary>
    /// <param name="draining">Nothing more is claimed; what is under way is finished.</param>
    /// <param name="stopping">What is under way is cut short and given back.</param>
    /// <exception cref="DigitizerException">The journal is not to be relied on any more.</exception>
    public async Task RunAsync(CancellationToken draining, CancellationToken stopping)
    {
        using var fatal = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(draining, fatal.Token);
        var running = lanes.Select(lane => RunLaneAsync(lane, fatal, ending.Token)).Append(RescueAsync(fatal, ending.Token)).ToList();
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task RunLaneAsync(LanePlaces lane, CancellationTokenSource fatal, CancellationToken draining)
    {
        var underWay = new HashSet<Task>();
        var patience = TimeSpan.Zero;
        try
        {
            while (!draining.IsCancellationRequested)
            {
                var seen = lane.Signal.Count;
                if (lane.Pause is var left && left > TimeSpan.Zero)
                {
                    await lane.Signal.WaitAsync(seen, left < options.Poll ? left : options.Poll, draining).ConfigureAwait(false);
                    continue;
                }

                var room = lane.TakeAll();
                var claimed = room > 0 ? await ClaimAsync(lane, room).ConfigureAwait(false) : [];
                underWay.UnionWith(claimed.Select(item => WorkAsync(item, lane, fatal, draining)));
                if (room == 0 || claimed.Count < room)
                {
                    patience = options.Patience(claimed.Count > 0 ? TimeSpan.Zero : patience);
                    await lane.Signal.WaitAsync(seen, room == 0 ? options.Poll : patience, draining).ConfigureAwait(false);
                }

                // One that failed stays, so that its failure ends the loop and is not lost.
                underWay.RemoveWhere(task => task.IsCompletedSuccessfully);
                await lane.Health.WaitAsync(draining).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await fatal.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }
    }

    /// <summary>True: the journal was away, and may be another one by now.</summary>
    private bool MustMeet => Returned is not null && Volatile.Read(ref timesAway) != Volatile.Read(ref timesBack);

    // Nothing while the journal is away: the lane asks again in a while.
    private async Task<IReadOnlyList<WorkItem>> ClaimAsync(LanePlaces lane, int room)
    {
        IReadOnlyList<WorkItem> claimed = [];
        try
        {
            if (Volatile.Read(ref timesAway) is var away && MustMeet && Returned is { } returned)
            {
                await returned(CancellationToken.None).ConfigureAwait(false);

                // Claims whose answer was lost are nobody's.
                await jobs.ReleaseAsync(Owner, inHand.Keys, CancellationToken.None).ConfigureAwait(false);
                Volatile.Write(ref timesBack, away);
            }

            claimed = await jobs.ClaimAsync(lane.Kinds, Owner, options.Lease, room, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (IsAway(e))
        {
            // The lane asks again in a while.
        }

        lane.Found(room, claimed.Count);
        return claimed;
    }

    // Only those for whom there may be something: whoever asks in vain costs the journal as much as one who finds work.
    private void Wake(Func<LanePlaces, bool> which)
    {
        foreach (var lane in lanes.Where(which))
        {
            lane.Signal.Set();
        }
    }

    /// <summary>Does a piece of work, and what follows from it as long as there is room for that: it keeps a place all the time.</summary>
    private async Task WorkAsync(WorkItem first, LanePlaces place, CancellationTokenSource fatal, CancellationToken draining)
    {
        await Task.Yield();
        LanePlaces? kept = null;
        try
        {
            for (var item = first; item is not null;)
            {
                var successor = new Successor(Owner, options.Lease, kind => Room(kind, place, ref kept, draining));
                await WorkAsync(item with { Successor = successor }, place, fatal).ConfigureAwait(false);
                item = successor.Claimed;
                if (item is not null && kept?.Kinds.Contains(item.Kind) == true)
                {
                    (kept, place) = (place, kept);
                }

                kept?.Free();
                kept = null;
            }
        }
        finally
        {
            kept?.Free();
            place.Free();
        }
    }

    /// <summary>The kinds of the lane of this kind, if a piece of it may follow at once: in the same place, or in one that is free.</summary>
    private IReadOnlyList<WorkKind> Room(WorkKind kind, LanePlaces place, ref LanePlaces? kept, CancellationToken draining)
    {
        if (draining.IsCancellationRequested || MustMeet || Array.Find(lanes, lane => lane.Kinds.Contains(kind)) is not { } lane)
        {
            return [];
        }

        if (lane == place)
        {
            return place.IsOpen ? lane.Kinds : [];
        }

        kept ??= lane.TryTake() ? lane : null;
        return kept == lane ? lane.Kinds : [];
    }

    private async Task WorkAsync(WorkItem item, LanePlaces place, CancellationTokenSource fatal)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(fatal.Token);
        var renewing = RenewAsync(item, lost);
        inHand[item.Id] = true;
        try
        {
            await RunStepAsync(item, place.Health, lost.Token, fatal.Token).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            Log.LeaseLost(log, item.Id, item.Kind);
        }
        catch (DigitizerException e) when (IsAway(e))
        {
            Log.JournalAway(log, item.Id, item.Kind);
            await ReturnAsync(item, fatal.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await fatal.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await lost.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            inHand.TryRemove(item.Id, out _);
            Wake(lane => item.Successor?.Queued is { } kind && lane.Kinds.Contains(kind));
            Worked?.Invoke(item);
        }
    }

    // The item's claim is renewed meanwhile, if the journal comes back in time; else, and when the process ends, others rescue it.
    private async Task ReturnAsync(WorkItem item, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(began) < options.Lease)
            {
                await Task.Delay(options.Poll, time, stopping).ConfigureAwait(false);
                try
                {
                    await jobs.GiveBackAsync(item, stopping).ConfigureAwait(false);
                    return;
                }
                catch (DigitizerException e) when (IsAway(e))
                {
                    // Not yet.
                }
            }
        }
        catch (LeaseLostException)
        {
            // Somebody has it by now; or its transition was made, and only the answer was lost.
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private bool IsAway(DigitizerException e)
    {
        if (e.Kind != FailureKind.JournalUnavailable || !jobs.MayComeBack)
        {
            return false;
        }

        Interlocked.Increment(ref timesAway);
        return true;
    }

    /// <summary>Runs the step and writes its failure down; what comes out of here is a failure of the journal.</summary>
    private async Task RunStepAsync(WorkItem item, LaneHealth health, CancellationToken lost, CancellationToken stopping)
    {
        using var watch = StepWatch.Begin(item, time);
        try
        {
            await steps[item.Kind].RunAsync(item, lost).ConfigureAwait(false);
            watch?.End("done");
            health.Good();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            watch?.End("returned");

            // Whatever cutting it short looked like from inside says nothing about the item.
            await jobs.GiveBackAsync(item, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception) when (lost.IsCancellationRequested)
        {
            throw new LeaseLostException(item);
        }
        catch (GivenUpException e)
        {
            watch?.End("failed", e.Failure.Kind);
            await jobs.FailAsync(item, e.Failure.Kind, e.Failure.Message, retryAt: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (e.Kind.StopsTheRun())
        {
            // The machine is at fault and the item is not: it keeps its attempt, and the lane waits. What needs another part of the
            // machine goes before it meanwhile.
            watch?.End("postponed", e.Kind);
            health.Bad();
            Log.MachineAtFault(log, item.Kind, item.Unit, e.Kind);
            await jobs.PostponeAsync(item, time.GetUtcNow() + options.RetryAfter, Failure.From(e), CancellationToken.None).ConfigureAwait(false);
            MachineFailed?.Invoke(e);
        }
        catch (DigitizerException e) when (!IsOfJournal(e.Kind))
        {
            watch?.End("failed", e.Kind);
            await FailAsync(item, e).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (LeaseLostException or DigitizerException))
        {
            watch?.End("failed", FailureKind.Internal);
            Log.StepFailed(log, item.Id, item.Kind, item.Unit, Fault.Of(e));
            await FailAsync(item, new DigitizerException(
                FailureKind.Internal, $"A fault of the program: {e.GetType().Name}: {ShownName.Escape(e.Message)}. Report it with the log; other units go on.", e)).ConfigureAwait(false);
        }
    }

    private static bool IsOfJournal(FailureKind kind) => kind is FailureKind.JournalBroken or FailureKind.JournalNewer or FailureKind.JournalUnavailable;

    private async Task FailAsync(WorkItem item, DigitizerException e)
    {
        Log.ItemFailed(log, item.Id, item.Kind, item.Unit, item.Attempt, e.Kind);
        var wait = RetryRule.WaitAfter(e.Kind, item.Attempt, options, Random.Shared.NextDouble());
        await jobs.FailAsync(item, e.Kind, e.Message, wait is { } later ? time.GetUtcNow() + later : null, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RenewAsync(WorkItem item, CancellationTokenSource lost)
    {
        var heldSince = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (jobs.MayComeBack && options.Lease - time.GetElapsedTime(heldSince) is var left)
                {
                    // Whatever a renewal hangs in: when the claim is over, others may have it.
                    lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                }

                await Task.Delay(options.Lease / 3, time, lost.Token).ConfigureAwait(false);
                var asked = time.GetTimestamp();
                try
                {
                    await jobs.RenewAsync(item, options.Lease, lost.Token).ConfigureAwait(false);
                    heldSince = asked;
                }
                catch (DigitizerException e) when (IsAway(e) && time.GetElapsedTime(heldSince) < options.Lease)
                {
                    // The claim holds until its time is over.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
        catch (Exception e) when (e is LeaseLostException or DigitizerException)
        {
            // Where it is the journal that fails, the step's own transition meets the same and says so.
            await lost.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task RescueAsync(CancellationTokenSource fatal, CancellationToken draining)
    {
        try
        {
            var mustWait = false;
            while (true)
            {
                // After a time without the journal all others renew first what they still work on.
                if (!mustWait && await TryRescueAsync(draining).ConfigureAwait(false) is { } rescued)
                {
                    if (rescued is { Requeued: > 0 } or { Quarantined: > 0 })
                    {
                        Wake();
                    }
                }
                else
                {
                    mustWait = !mustWait || !await AnswersAsync(draining).ConfigureAwait(false);
                }

                await Task.Delay(options.Lease / 2, time, draining).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Draining.
        }
        catch (Exception)
        {
            await fatal.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Rescued?> TryRescueAsync(CancellationToken draining)
    {
        try
        {
            return await jobs.RescueAsync(draining).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (IsAway(e))
        {
            return null;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken draining)
    {
        try
        {
            await jobs.BacklogAsync(draining).ConfigureAwait(false);
            return true;
        }
        catch (DigitizerException e) when (IsAway(e))
        {
            return false;
        }
    }
}
