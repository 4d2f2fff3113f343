using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.DropFolders;

/// <summary>What all drop folders of a process share.</summary>
/// <param name="Vaults">Where files go.</param>
/// <param name="Claims">Files on their way.</param>
/// <param name="Receiver">Accepts them.</param>
/// <param name="Alerts">Hears what a person should know.</param>
/// <param name="Admission">Largest file.</param>
/// <param name="MinFreeBytes">Nothing is taken while the vault's disk has less.</param>
internal sealed record DropFolderContext(
    Vaults Vaults, ClaimFolder Claims, IReceiver Receiver, IAlerts Alerts, AdmissionOptions Admission, long MinFreeBytes);

/// <summary>How a drop folder stands, for health and for people.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Facts">What its file system can do; null while it is gone.</param>
/// <param name="HasEvents">False: looked at by the clock only.</param>
/// <param name="Unsettled">Files that are there and not taken.</param>
/// <param name="Taken">Files taken since the start, refused ones among them.</param>
/// <param name="Alerts">What stands.</param>
internal sealed record DropFolderStatus(string Source, FolderFacts? Facts, bool HasEvents, int Unsettled, long Taken, IReadOnlyCollection<FolderAlert> Alerts);

/// <summary>One drop folder: looks at all of it again and again, and takes what is finished.</summary>
/// <remarks>
/// <para>1. Probe the folder, at the start and whenever another one is mounted in its place.</para>
/// <para>2. Go on with what an interruption left in our hands: starting is recovering.</para>
/// <para>3. List everything. Events shorten the wait for this and decide nothing.</para>
/// <para>4. Batches: what a manifest names waits for all of it.</para>
/// <para>5. Find the other files that have settled: by quiet time, or because their writer said that they are finished.</para>
/// <para>6. For a while, oldest first: judge each by its structure, and take it; then look again.</para>
/// </remarks>
internal sealed class DropFolder : IDisposable
{
    // Taking must not keep long from looking: a folder that fills while it is emptied would see no new batch or alert.
    private static readonly TimeSpan MinTaking = TimeSpan.FromSeconds(2);

    // More gain little, and each may hold a copy of a file from elsewhere.
    private const int AtATime = 8;

    private readonly DropFolderOptions options;
    private readonly DropFolderContext context;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly long started;
    private readonly AlertBook alerts;
    private readonly FolderMemory memory = new();
    private readonly FileJudge judge;
    private readonly Batches batches;
    private readonly Taking taking;
    private readonly FolderExceptions exceptions;
    private FolderFacts? facts;
    private FolderEvents? events;
    private SettleRule rule;
    private List<OriginalName>? missing;
    private TimeSpan lastArrival;
    private int unsettled;
    private TimeSpan lookCost;
    private bool mustRecover = true;

    public DropFolder(DropFolderOptions options, DropFolderContext context, TimeProvider time, ILogger log)
    {
        (this.options, this.context, this.time, this.log) = (options, context, time, log);
        started = time.GetTimestamp();
        alerts = new AlertBook(options.Name, context.Alerts);
        exceptions = new FolderExceptions(DropFoldersCheck.ExceptionsOf(options));
        judge = new FileJudge(options.Path, context.Admission.MaxFileBytes, memory);
        batches = new Batches(options.Path, context.Admission.MaxFileBytes, memory);
        taking = new Taking(options, context, exceptions, time, log);
        rule = RuleFor(isLocal: true);
    }

    /// <summary>How it stands now.</summary>
    public DropFolderStatus Status => new(options.Name, facts, events is { Problem: null }, unsettled, taking.Count, alerts.Active);

    /// <summary>Looks until it is cancelled. Whatever goes wrong with the folder is an alert, and the next look tries again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            events?.Reset();
            var wait = await LookAsync(cancellation).ConfigureAwait(false);
            await WaitAsync(wait, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once and takes what is due.</summary>
    /// <returns>How long to wait until the next look, if no event comes.</returns>
    public async Task<TimeSpan> LookAsync(CancellationToken cancellation)
    {
        var wait = IdleLook;
        try
        {
            wait = await LookInsideAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DigitizerException { Kind: FailureKind.DropFolderUnusable })
        {
            alerts.Found(AlertKind.FolderGone, "", "The folder is not there, or cannot be used. Create or mount it; allow reading and writing.", e.Message);
            Unmount();
        }
        catch (DigitizerException e)
        {
            // The receiver does not answer; the folder itself is well.
            alerts.Found(AlertKind.TakingFailed, "", $"Nothing can be taken: {e.Kind}. It is tried again.", e.Message);
        }

        CheckSilence();
        alerts.Close();
        return wait;
    }

    public void Dispose() => events?.Dispose();

    private TimeSpan Now => time.GetElapsedTime(started);

    private TimeSpan Stuck => TimeSpan.FromMinutes(options.StuckMinutes);

    private TimeSpan BusyLook => TimeSpan.FromSeconds(options.BusyLookSeconds);

    private TimeSpan IdleLook => TimeSpan.FromSeconds(options.IdleLookSeconds ?? (facts is { IsLocal: false } ? 15 : 3));

    private async Task<TimeSpan> LookInsideAsync(CancellationToken cancellation)
    {
        // 1.
        using var root = PosixFolder.Open(options.Path);
        Probe(root);

        // 2.
        if (!await IsReadyAsync(cancellation).ConfigureAwait(false))
        {
            return IdleLook;
        }

        // 3.
        var began = Now;
        var listing = FolderListing.Read(root);
        memory.Take(listing.Entries, began);
        lookCost = Now - began;

        // 4. and 5.
        var view = batches.Look(listing.Entries, options.OnlyBatches);
        ReportBatches(view, began);
        var settled = Settled(listing, view, began);

        // 6.
        await TakeAsync(view.Complete, settled, began, cancellation).ConfigureAwait(false);
        return unsettled == 0 ? IdleLook : BusyLook > 2 * lookCost ? BusyLook : 2 * lookCost;
    }

    private void Probe(PosixFolder root)
    {
        if (facts is not null && facts.Root.IsSameFile(root.Facts))
        {
            ReportEvents();
            return;
        }

        Unmount();
        facts = FolderProbe.Run(options.Path, context.Claims.Folder);
        rule = RuleFor(facts.IsLocal);
        events = FolderEvents.Watch(options.Path, options.Watch);
        Log.Probed(log, options.Name, facts);
        ReportEvents();
    }

    private void Unmount()
    {
        events?.Dispose();
        (events, facts) = (null, null);
    }

    private void ReportEvents()
    {
        if (events?.TakeOverflow() == true)
        {
            Log.EventsLost(log, options.Name);
        }

        if (options.Watch && events?.Problem is { } problem)
        {
            alerts.Found(AlertKind.NoEvents, "", $"File events cannot be had ({problem}); the folder is looked at every {IdleLook.TotalSeconds:0} s. Raise fs.inotify.max_user_instances.");
        }
    }

    private SettleRule RuleFor(bool isLocal) => new(
        TimeSpan.FromSeconds(options.QuietSeconds ?? (isLocal ? 3 : 30)), options.QuietLooks, TimeSpan.FromMinutes(options.MaxSettleMinutes));

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        if (mustRecover)
        {
            mustRecover = !await taking.RecoverAsync(alerts, cancellation).ConfigureAwait(false);
        }

        if (missing is null)
        {
            missing = context.Vaults.IsOneDisk ? await MissingAsync(context.Vaults.Spool.Originals().ToHashSet(), cancellation).ConfigureAwait(false) : [];
        }

        missing.RemoveAll(context.Vaults.Spool.Has);
        if (missing.Count > 0)
        {
            alerts.Found(
                AlertKind.OriginalMissing, "", $"The vault lacks {missing.Count} originals that the journal knows, {missing[0].Unit} for one. Nothing is taken here. Restore them from the backup.");
        }

        return missing.Count == 0;
    }

    private async Task<List<OriginalName>> MissingAsync(HashSet<OriginalName> kept, CancellationToken cancellation)
    {
        var lacking = new List<OriginalName>();
        await foreach (var original in context.Receiver.OriginalsAsync(options.Name, cancellation).ConfigureAwait(false))
        {
            if (!kept.Contains(original))
            {
                lacking.Add(original);
            }
        }

        return lacking;
    }

    private void ReportBatches(BatchView view, TimeSpan now)
    {
        foreach (var (source, why) in view.Held.Where(h => now - memory.Of(h.Source).LastChange >= rule.MaxSettle))
        {
            alerts.Found(AlertKind.HeldBatch, source.Shown, "This batch is not taken. Complete it, or take its manifest away.", why);
        }

        foreach (var entry in view.Unlisted.Where(e => now - memory.Of(e).LastChange >= rule.MaxSettle))
        {
            alerts.Found(AlertKind.UnlistedFile, entry.Shown, "No manifest names this file, and this folder takes batches only. Add it to one, or take it away.");
        }
    }

    private List<SettledFile> Settled(FolderListing listing, BatchView view, TimeSpan now)
    {
        var report = new FolderReport(listing, memory, alerts, now, Stuck);
        report.Run();
        var settled = new List<SettledFile>();
        unsettled = view.Held.Count;
        foreach (var entry in listing.Entries.Where(e => e.Kind is EntryKind.Candidate or EntryKind.Odd && !view.IsHeld(e)))
        {
            unsettled++;
            var seen = memory.Of(entry);
            var marker = report.MarkerOf(entry);
            var isAnnounced = marker is not null || memory.WasFinished(entry) || events?.WasFinished(entry) == true;
            var verdict = rule.Judge(seen, isAnnounced, now);
            if (verdict == SettleVerdict.Wait)
            {
                ReportIfStuck(entry, seen, now);
            }
            else
            {
                settled.Add(new SettledFile(entry, seen, verdict, isAnnounced && !rule.IsQuiet(seen, now), marker));
            }
        }

        return [.. settled.OrderBy(s => s.Seen.FirstSeen).ThenBy(s => s.Entry.Key, StringComparer.Ordinal)];
    }

    private void ReportIfStuck(Entry entry, Sightings seen, TimeSpan now)
    {
        if (now - seen.FirstSeen >= Stuck && (now - seen.LastChange < rule.MaxSettle || memory.ExamOf(entry) is null))
        {
            alerts.Found(AlertKind.StuckFile, entry.Shown, "This file goes on changing, or its writer keeps it open. Look at the scanner, or take the file away.");
        }
    }

    private async Task TakeAsync(List<CompleteBatch> complete, List<SettledFile> settled, TimeSpan looked, CancellationToken cancellation)
    {
        var until = Now + (MinTaking > 4 * lookCost ? MinTaking : 4 * lookCost);
        foreach (var batch in complete)
        {
            if (!HasRoom() || context.Receiver.IsPaused || !await TryAsync(batch.Source, () => TakeAsync(batch, cancellation)).ConfigureAwait(false))
            {
                return;
            }
        }

        // Examined one by one as they are taken: to open all of a large folder first would keep the oldest waiting. A few are under
        // way together, as most of the time of each goes into waiting for the disk, and one flush serves them all.
        var underWay = new Queue<(Entry Entry, Task<int> Taking)>();
        try
        {
            var goesOn = true;
            foreach (var file in settled.TakeWhile(_ => goesOn && Now < until))
            {
                if (judge.Judge(file.Entry, file.Verdict, file.IsEarly) is not { } verdict)
                {
                    ReportIfStuck(file.Entry, file.Seen, looked);
                    continue;
                }

                if (!HasRoom() || context.Receiver.IsPaused)
                {
                    break;
                }

                underWay.Enqueue((file.Entry, Task.Run(() => TakeAsync(file, verdict, cancellation), CancellationToken.None)));
                goesOn = underWay.Count < AtATime || await EndAsync(underWay.Dequeue()).ConfigureAwait(false);
            }

            while (underWay.TryDequeue(out var last))
            {
                await EndAsync(last).ConfigureAwait(false);
            }
        }
        finally
        {
            // Nobody may work on what is about to be closed; what failed here is found by recovery.
            await ((Task)Task.WhenAll(underWay.Select(file => file.Taking))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> TakeAsync(SettledFile file, Verdict verdict, CancellationToken cancellation)
    {
        var taken = await taking.TakeAsync(new Due(file.Entry, verdict, file.Marker), facts!.Mode, cancellation).ConfigureAwait(false);
        Measure(taken, file.Seen);
        return taken;
    }

    private async Task<int> TakeAsync(CompleteBatch batch, CancellationToken cancellation)
    {
        var last = batch.Files.Select(file => memory.Of(file.Entry)).Append(memory.Of(batch.Source)).MaxBy(seen => seen.LastChange)!;
        var taken = await taking.TakeBatchAsync(batch, facts!.Mode, alerts, cancellation).ConfigureAwait(false);
        Measure(taken, last);
        return taken;
    }

    private void Measure(int taken, Sightings last)
    {
        if (taken > 0)
        {
            IntakeMetrics.Accepted(options.Name, Now - last.LastChange);
        }
    }

    private async Task<bool> EndAsync((Entry Entry, Task<int> Taking) file)
    {
        var goesOn = await TryAsync(file.Entry, () => file.Taking).ConfigureAwait(false);
        if (goesOn)
        {
            events?.Forget(file.Entry.Key);
        }

        return goesOn;
    }

    private bool HasRoom()
    {
        if (context.Vaults.Spool.FreeBytes >= context.MinFreeBytes)
        {
            return true;
        }

        alerts.Found(AlertKind.NoRoom, "", $"The vault's disk has less than {context.MinFreeBytes >> 20} MB left; nothing is taken. Free space.");
        return false;
    }

    // A file that cannot be moved must not keep the others waiting; a receiver that does not answer would fail all of them.
    private async Task<bool> TryAsync(Entry entry, Func<Task<int>> take)
    {
        try
        {
            Count(await take().ConfigureAwait(false));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DigitizerException)
        {
            // The claim stays with its note; recovery goes on with it at the next look.
            Log.TakingFailed(log, options.Name, Fault.KindOf(e));
            alerts.Found(AlertKind.TakingFailed, entry.Shown, "This file could not be taken. It is tried again.", e.Message);
            mustRecover = true;
            return e is not DigitizerException;
        }
    }

    private void Count(int taken)
    {
        unsettled = Math.Max(0, unsettled - taken);
        lastArrival = taken > 0 ? Now : lastArrival;
    }

    private void CheckSilence()
    {
        if (options.SilentMinutes is { } minutes && Now - lastArrival >= TimeSpan.FromMinutes(minutes))
        {
            alerts.Found(AlertKind.SilentFolder, "", $"Nothing has arrived for {minutes:0} minutes. Look at the scanner and its connection.");
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = Task.Delay(wait, time, over.Token);
        await Task.WhenAny(clock, events?.Hint ?? clock).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }
}
