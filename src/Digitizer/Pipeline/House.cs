using Digitizer.Assembly.Copies;
using Digitizer.Dossiers;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Programs;
using Digitizer.Proof;
using Digitizer.Recognition;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging;

namespace Digitizer.Pipeline;

/// <summary>What of the house is there for one run or service: its state, and where its documents go.</summary>
internal sealed record HouseParts
{
    /// <summary>Held against others.</summary>
    public required StateFolder State { get; init; }

    public required JobStore Jobs { get; init; }

    public required IVault Vault { get; init; }

    /// <summary>Where results are published, by source.</summary>
    public required ResultPublisher Publisher { get; init; }

    public required IDossierStore Dossiers { get; init; }

    /// <summary>False: documents go to no dossier, whatever their unit says.</summary>
    public bool Attach { get; init; } = true;

    /// <summary>True: a document that no rule gives a dossier waits for a person, who assigns one.</summary>
    public bool NeedsDossier { get; init; }

    public required IWorkObserver Observer { get; init; }

    /// <summary>Holds deliveries back while the dossier store is down; null: one that nobody else looks at.</summary>
    public StorePause? Pause { get; init; }
}

/// <summary>Puts the one way through the house together: batch and service run the same steps.</summary>
internal sealed class House(PageWorkerPool workers, PageWorkerOptions workerOptions, PdfPrograms programs, IPdfProof proof, WorkOptions options, DeliveryLimits limits, TimeProvider time, ILogger<WorkLoop> log)
{
    /// <summary>Makes the loop over the kinds of work that the process does.</summary>
    /// <param name="parts">Its state.</param>
    /// <param name="engine">What reads; null: nothing is made of units here.</param>
    /// <param name="delivers">False: nothing is brought into dossiers here.</param>
    /// <param name="returned">Run after the journal was away, before anything is taken from it: makes sure that it is the same one; null: nothing to make sure of.</param>
    public WorkLoop CreateLoop(HouseParts parts, EngineInfo? engine, bool delivers = true, Func<CancellationToken, Task>? returned = null)
    {
        var pause = parts.Pause ?? new StorePause(time, Random.Shared);
        IReadOnlyList<IWorkStep> steps = [.. engine is null ? [] : Making(parts, engine), .. delivers ? Delivering(parts, pause) : []];
        IReadOnlyList<WorkLane> lanes = [.. engine is null ? [] : WorkLane.Making(workerOptions.Workers, options), .. delivers ? WorkLane.Delivering(options, pause) : []];
        return new WorkLoop(parts.Jobs, steps, lanes, options, time, log) { Returned = returned };
    }

    private IReadOnlyList<IWorkStep> Making(HouseParts parts, EngineInfo engine)
    {
        var archive = new PageArchive(parts.Vault);
        var source = new DocumentSource(parts.Jobs);
        var rule = new GroupRule(parts.Attach, parts.NeedsDossier);
        var writer = new DocumentWriter(workers, new Linearizer(programs));
        return
        [
            new SplitStep(parts.Jobs, parts.Vault, workers, parts.Observer),
            new PageStep(parts.Jobs, parts.Vault, archive, parts.State, workers, engine, rule, parts.Observer),
            new GroupStep(parts.Jobs, parts.Vault, rule),
            new AssembleStep(parts.Jobs, parts.Vault, source, parts.State, writer, new DeliveryCopies(workers, writer, proof, limits)),
            new ProveStep(parts.Jobs, parts.Vault, source, proof, workers, parts.Publisher),
        ];
    }

    private IReadOnlyList<IWorkStep> Delivering(HouseParts parts, StorePause pause)
    {
        var protocol = new AttachProtocol(parts.Dossiers);
        var deliveries = new Deliveries(parts.Jobs, pause, options, time, log);
        return
        [
            new DeliverStep(parts.Jobs, parts.Vault, deliveries, protocol, time),
            new VerifyStep(parts.Vault, deliveries, protocol),
        ];
    }
}
