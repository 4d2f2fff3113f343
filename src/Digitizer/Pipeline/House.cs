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

    public required LocalVault Vault { get; init; }

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
    /// <summary>Makes the loop over all kinds of work.</summary>
    /// <param name="parts">Its state.</param>
    /// <param name="engine">What reads.</param>
    public WorkLoop CreateLoop(HouseParts parts, EngineInfo engine)
    {
        var pause = parts.Pause ?? new StorePause(time, Random.Shared);
        var archive = new PageArchive(parts.Vault);
        var source = new DocumentSource(parts.Jobs, parts.Vault, archive);
        var protocol = new AttachProtocol(parts.Dossiers);
        var deliveries = new Deliveries(parts.Jobs, parts.Vault, pause, options, time, log);
        var writer = new DocumentWriter(workers, new Linearizer(programs));
        IWorkStep[] steps =
        [
            new SplitStep(parts.Jobs, parts.Vault, workers, parts.Observer),
            new PageStep(parts.Jobs, parts.Vault, archive, parts.State, workers, engine, parts.Observer),
            new GroupStep(parts.Jobs, source, parts.Attach, parts.NeedsDossier),
            new AssembleStep(parts.Jobs, parts.Vault, source, parts.State, writer, new DeliveryCopies(workers, writer, proof, limits)),
            new ProveStep(parts.Jobs, parts.Vault, source, proof, workers, parts.Publisher),
            new DeliverStep(parts.Jobs, deliveries, protocol, time),
            new VerifyStep(parts.Jobs, deliveries, protocol),
        ];
        return new WorkLoop(parts.Jobs, steps, WorkLane.All(workerOptions.Workers, options, pause), options, time, log);
    }
}
