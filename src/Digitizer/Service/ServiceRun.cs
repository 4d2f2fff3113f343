using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Intake.BlobQueues;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;
using Digitizer.Recognition;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging;

namespace Digitizer.Service;

/// <summary>The worker service: takes files out of drop folders and through the house until it is told to stop.</summary>
/// <remarks>
/// Starting is recovering: what a dead process had claimed, accepted or begun goes on. Told to stop, it
/// takes nothing more, lets what is under way finish, and gives back what does not finish in time.
/// </remarks>
internal sealed class ServiceRun : IAsyncDisposable
{
    private readonly ServiceOptions options;
    private readonly TimeProvider time;
    private readonly StateFolder state;
    private readonly List<ResultFolder> results = [];
    private readonly WorkLoop loop;
    // Null where nothing is taken in: claims that a dead process left are for one that does.
    private readonly DropFolderSet? folders;
    private readonly BlobQueueSet queues;
    private readonly DailyChores chores;
    private readonly ServiceWatch watch;
    private readonly ServiceGauges gauges;
    private readonly Func<bool> isBusy;
    private readonly Opened opened;
    private readonly JournalOutage outage;

    private ServiceRun(ServiceOptions options, Opened opened, ServiceParts parts)
    {
        (this.options, this.opened, state, time, Jobs) = (options, opened, opened.State, parts.Time, opened.Jobs!);
        var (jobs, vaults) = (Jobs, opened.Vaults!.Vaults);
        outage = new JournalOutage(jobs, time);
        var (deaths, gate, pause) = (new WorkerDeaths(time), new BacklogGate(options.MaxBacklog), new StorePause(time, Random.Shared));
        var house = new HouseParts
        {
            State = state,
            Jobs = jobs,
            Vault = Vault,
            Publisher = new ResultPublisher(Publishing(parts.OtherSources)),
            Dossiers = parts.Dossiers ?? new FolderDossierStore(Path.Combine(state.Path, "dossiers")),
            Attach = parts.Dossiers is not null,
            NeedsDossier = parts.Dossiers is not null,
            Observer = deaths,
            Pause = pause,
        };
        loop = parts.House.CreateLoop(house, opened.Engine, options.Role.Delivers(), opened.Beat is { } sure ? sure.BeatAsync : null);
        var alertLog = new AlertLog(parts.Log);
        Alerts = new ServiceAlerts(alertLog, time);
        Retention = new Retention(jobs, Vault, options.Retention, time);
        chores = new DailyChores(state, jobs, Retention, Alerts, new DailyClock(Path.Combine(state.Path, "daily"), options.DailyAt, time), parts.Log);
        watch = new ServiceWatch(new Watched(jobs, Spool, gate, pause, deaths, parts.Workers.Confinement, options.Drop.MinFreeBytes), options.Alarms, Alerts, time);
        loop.MachineFailed += watch.Note;
        Action accepted = () => { gate.Accepted(); loop.Wake(); };
        var receiver = new Receiver(jobs, accepted, () => gate.IsClosed);
        Dossiers = new DossierCheck(parts.Dossiers, time);
        Submissions = new SubmissionIntake(jobs, vaults, Dossiers, time, accepted);
        Feed = new ChangeFeed(jobs, time);
        isBusy = () => gate.IsClosed;
        folders = options.Role.TakesIn() ? new DropFolderSet(options.Drop, parts.Admission, vaults, receiver, alertLog, time, parts.Log, OwnFolders(options)) : null;
        var blobs = new BlobQueueContext(
            vaults.Spool, new BlobReceiver(jobs, accepted, () => gate.IsClosed), alertLog, parts.Admission, options.Drop.MinFreeBytes,
            (original, cancellation) => vaults.ShareAsync([original], cancellation), original => vaults.Release([original]),
            (original, removal) => vaults.Kept.TrashAsync(original, removal, CancellationToken.None));
        queues = new BlobQueueSet(
            options.Role.TakesIn() ? [.. options.BlobQueues] : [], opened.Vaults.Accounts.ByName, blobs, time, parts.Log, options.Drop.Folders.Select(folder => folder.Name).Concat(parts.OtherSources));
        gauges = new ServiceGauges(new Gauged(() => watch.Backlog, StandingAlerts, () => Spool.FreeBytes, () => parts.Workers.ProcessIds), time);
    }

    public JobStore Jobs { get; }

    /// <summary>Where what comes in is sealed; its disk is the one that fills up.</summary>
    public LocalVault Spool => opened.Vaults!.Vaults.Spool;

    /// <summary>Where originals and results are kept.</summary>
    public IVault Vault => opened.Vaults!.Vaults.Kept;

    public Retention Retention { get; }

    /// <summary>Takes in what other systems submit.</summary>
    public SubmissionIntake Submissions { get; }

    /// <summary>Knows which dossiers there are.</summary>
    public DossierCheck Dossiers { get; }

    /// <summary>Tells who waits what is new.</summary>
    public ChangeFeed Feed { get; }

    /// <summary>True while too much waits: nothing more is taken in.</summary>
    public bool IsBusy => isBusy();

    /// <summary>True while the vault's disk is nearly full: nothing more is taken in.</summary>
    public bool IsStorageLow => Spool.FreeBytes < options.Drop.MinFreeBytes;

    /// <summary>What a person should know about the service itself.</summary>
    public ServiceAlerts Alerts { get; }

    /// <summary>How the drop folders stand.</summary>
    public IEnumerable<DropFolderStatus> Folders => folders?.Status ?? [];

    /// <summary>How the blob queues stand.</summary>
    public IEnumerable<BlobQueueStatus> BlobQueues => queues.Status;

    /// <summary>Why nothing can be taken in now; empty: it can.</summary>
    public IEnumerable<string> Refusals => watch.Refusals;

    /// <summary>Opens journal and vault, starts the first page-worker, where there are any, and takes over what a dead process left.</summary>
    /// <exception cref="Failures.DigitizerException">The service cannot start, for a reason that lies in the machine or the configuration.</exception>
    public static async Task<ServiceRun> OpenAsync(ServiceOptions options, ServiceParts parts, CancellationToken cancellation)
    {
        var opened = new Opened(StateFolder.Open(options.State));
        try
        {
            JournalGuard.ThrowIfNotOurs(options);
            opened.Vaults = await HeldVaults.OpenAsync(opened.State.Path, options.Vault, options.Azure, parts.Time, cancellation).ConfigureAwait(false);
            opened.Jobs = await JobStore.OpenAsync(JournalOf(options), parts.Time, cancellation).ConfigureAwait(false);
            await opened.Jobs.DisownDeadAsync(cancellation).ConfigureAwait(false);
            var vaults = opened.Vaults.Vaults;
            opened.Beat = opened.Jobs.MayComeBack
                ? await WorkerBeat.StartAsync(opened.Jobs, vaults.Kept, opened.State, options, parts.Time, cancellation).ConfigureAwait(false)
                : null;
            opened.Engine = options.Role.MakesDocuments() ? await parts.Workers.StartAsync(cancellation).ConfigureAwait(false) : null;
            var service = new ServiceRun(options, opened, parts);
            await new SubmissionRecovery(opened.Jobs, vaults, options.Vault.Folder is not null, parts.Time).RunAsync(cancellation).ConfigureAwait(false);
            return service;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Folders that the service writes in: what lies there must not come in again.</summary>
    public static IReadOnlyList<string> OwnFolders(ServiceOptions options)
        => [.. new[] { options.State, options.Vault.Folder, options.Dossiers, options.Results }.OfType<string>().Select(Path.GetFullPath)];

    /// <summary>Where the journal of a service lies.</summary>
    public static JobOptions JournalOf(ServiceOptions options) => new()
    {
        Engine = options.PostgreSql is null ? JournalEngine.Sqlite : JournalEngine.PostgreSql,
        File = Path.Combine(options.State, "journal.db"),
        Connection = options.PostgreSql,
        AuditFile = Path.Combine(options.State, "audit.jsonl"),
        MaxAttempts = options.Attempts,
        UsesServerClock = options.PostgreSql is not null,
    };

    /// <summary>Says that a person changed something: there may be work.</summary>
    public void Wake() => loop.Wake();

    /// <summary>Works until told to stop.</summary>
    /// <param name="beside">What is done beside the work until then; if it fails, the service ends.</param>
    /// <param name="stopping">Take nothing more, finish what is under way within the time that is allowed for it.</param>
    /// <exception cref="Failures.DigitizerException">The journal is not to be relied on any more; the process must end.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> beside, CancellationToken stopping)
    {
        using var given = new CancellationTokenSource();
        using var intake = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        // Before anything is taken in it must be known how much waits.
        await watch.LookAsync(CancellationToken.None).ConfigureAwait(false);
        await using var grace = stopping.Register(() => given.CancelAfter(options.Grace)).ConfigureAwait(false);
        Task[] all =
        [
            loop.RunAsync(stopping, given.Token),
            UntilStoppedAsync(folders is null ? Nothing : folders.RunAsync, intake.Token),
            UntilStoppedAsync(queues.RunAsync, intake.Token),
            UntilStoppedAsync(watch.RunAsync, intake.Token),
            UntilStoppedAsync(stop => outage.RunAsync(Chores, stop), intake.Token),
            UntilStoppedAsync(stop => outage.RunAsync(opened.Beat is { } beat ? beat.RunAsync : Nothing, stop), intake.Token),
            UntilStoppedAsync(stop => outage.RunAsync(options.Role.Delivers() ? beside : Nothing, stop), intake.Token),
        ];
        var first = await Task.WhenAny(all).ConfigureAwait(false);
        await intake.CancelAsync().ConfigureAwait(false);
        if (first.IsFaulted)
        {
            // Without its journal or its intake the service is no service: what is under way is given back.
            await given.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(all).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        gauges.Dispose();
        folders?.Dispose();
        queues.Dispose();
        Retention.Dispose();
        results.ForEach(r => r.Dispose());
        await opened.DisposeAsync().ConfigureAwait(false);
    }

    private Task Chores(CancellationToken cancellation) => options.Role.Delivers() ? chores.RunAsync(cancellation) : Nothing(cancellation);

    private static Task Nothing(CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    private IEnumerable<(string Source, string Kind)> StandingAlerts()
        => Alerts.Active.Select(alert => ("service", alert.Kind.ToString()))
            .Concat(Folders.SelectMany(folder => folder.Alerts).Concat(BlobQueues.SelectMany(queue => queue.Alerts)).Select(alert => (alert.Source, alert.Kind.ToString())));

    // What is cut short goes on at the next start: a file on its way in stays a claim. What has nothing to do, as without folders or
    // queues, has it until then: its end must not end the others.
    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping).ConfigureAwait(false);
            await Nothing(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to.
        }
    }

    private Dictionary<string, IResultPlace> Publishing(IReadOnlyList<string> otherSources)
    {
        var accounts = opened.Vaults!.Accounts.ByName;
        var publishing = options.BlobQueues.Where(queue => queue.Results is not null).ToDictionary(
            queue => queue.Name, queue => (IResultPlace)new ResultContainer(accounts[BlobQueuesCheck.ResultAccountOf(queue)], queue.Results!.Container));
        if (options.Results is not { } root)
        {
            return publishing;
        }

        var names = options.Drop.Folders.Select(folder => folder.Name).Concat(options.BlobQueues.Select(queue => queue.Name)).Concat(otherSources);
        foreach (var name in names.Where(name => !publishing.ContainsKey(name)))
        {
            var folder = new ResultFolder(Path.Combine(Path.GetFullPath(root), ResultName.Clean(name)), state);
            publishing[name] = folder;
            results.Add(folder);
        }

        return publishing;
    }

    /// <summary>What is held while the service runs, in the order in which it is opened.</summary>
    private sealed class Opened(StateFolder state) : IAsyncDisposable
    {
        public StateFolder State { get; } = state;

        public HeldVaults? Vaults { get; set; }

        public JobStore? Jobs { get; set; }

        public WorkerBeat? Beat { get; set; }

        public EngineInfo? Engine { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Jobs is not null)
            {
                await Jobs.DisposeAsync().ConfigureAwait(false);
            }

            Beat?.Dispose();
            Vaults?.Dispose();
            State.Dispose();
        }
    }
}

/// <summary>What a service is made of.</summary>
/// <param name="House">The steps.</param>
/// <param name="Workers">Read pages.</param>
/// <param name="Admission">Largest file.</param>
/// <param name="Dossiers">Where documents are attached; null: to nothing.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">For people.</param>
/// <param name="OtherSources">Names of what sends besides the drop folders.</param>
internal sealed record ServiceParts(House House, PageWorkerPool Workers, AdmissionOptions Admission, IDossierStore? Dossiers, TimeProvider Time, ILogger Log, IReadOnlyList<string> OtherSources);
