using System.Collections.Concurrent;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Results;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging;

namespace Digitizer;

/// <summary>Reads all files of a batch, several at a time.</summary>
/// <remarks>
/// This is the loop that may see anything fail: a file's failure, a fault of the program among
/// them, ends that file and is listed. Only what would fail for every file ends the run
/// (<see cref="FailureKinds.StopsTheRun"/>).
/// </remarks>
internal sealed class BatchRun(
    Admission admission, PageWorkerPool workers, PageWorkerOptions workerOptions, PdfProof proof, TimeProvider time, ILogger<BatchRun> log)
{
    /// <summary>Name of the list of exceptions below the output folder.</summary>
    public const string ExceptionsFile = "exceptions.json";

    /// <summary>Runs the batch to its end, or until it is cancelled: documents that are finished stay, others leave nothing.</summary>
    /// <exception cref="DigitizerException">The run could not start or go on, for a reason that lies in the machine.</exception>
    public async Task<BatchSummary> RunAsync(BatchRequest request, ScanResult scan, IBatchObserver observer, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var output = OutputFolder.Open(request.OutputFolder);
        using var results = new ResultFolder(output.Path);
        observer.Scanned(scan);
        var ended = new ConcurrentDictionary<int, UnitOutcome>();
        var wasInterrupted = false;
        try
        {
            var engine = await workers.StartAsync(cancellation).ConfigureAwait(false);
            var store = request.Attach ? new FolderDossierStore(Path.Combine(output.Path, "dossiers")) : null;
            var target = new PipelineTarget(output, results, request.Dossier, store, request.Timings);
            var pipeline = new DocumentPipeline(admission, workers, workerOptions, proof, target, engine, observer);
            await RunUnitsAsync(pipeline, scan.Sources, ended, observer, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            wasInterrupted = true;
        }

        var missing = scan.Refusals.Select(r => new UnitOutcome(r.File) { Refusal = r });
        var summary = new BatchSummary(
            scan, [.. missing, .. ended.OrderBy(e => e.Key).Select(e => e.Value)], time.GetElapsedTime(started), wasInterrupted);
        WriteExceptions(output, summary);
        return summary;
    }

    // One unit more than there are workers: while one is assembled and written, every worker has a page to read.
    private async Task RunUnitsAsync(
        DocumentPipeline pipeline,
        IReadOnlyList<InputFile> sources,
        ConcurrentDictionary<int, UnitOutcome> ended,
        IBatchObserver observer,
        CancellationToken cancellation)
    {
        var together = new ParallelOptions { MaxDegreeOfParallelism = workerOptions.Workers + 1, CancellationToken = cancellation };
        await Parallel.ForEachAsync(sources.Index(), together, async (entry, stop) =>
        {
            var outcome = await RunUnitAsync(pipeline, entry.Item, stop).ConfigureAwait(false);
            ended[entry.Index] = outcome;
            observer.UnitDone(outcome);
        }).ConfigureAwait(false);
    }

    private async Task<UnitOutcome> RunUnitAsync(DocumentPipeline pipeline, InputFile source, CancellationToken stop)
    {
        try
        {
            return await pipeline.RunAsync(source, stop).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (!e.Kind.StopsTheRun() && !stop.IsCancellationRequested)
        {
            return new UnitOutcome(source.Shown) { FullPath = source.FullPath, Refusal = Refusal.From(source.Shown, e) };
        }
        catch (DigitizerException e) when (!e.Kind.StopsTheRun())
        {
            // The run is ending, and page-workers with it: what that did to this file says nothing about the file.
            throw new OperationCanceledException(e.Message, e, stop);
        }
        catch (Exception e) when (e is not (DigitizerException or OperationCanceledException))
        {
            log.UnitFailed(e);
            var message = $"A fault of the program: {e.GetType().Name}: {ShownName.Escape(e.Message)}. Report it with the log; the other files go on.";
            return new UnitOutcome(source.Shown) { FullPath = source.FullPath, Refusal = new Refusal(source.Shown, FailureKind.Internal, message) };
        }
    }

    private static void WriteExceptions(OutputFolder output, BatchSummary summary)
    {
        var entries = summary.Outcomes.Where(o => o.NeedsPerson).Select(o => Entry(output.Path, o)).ToList();
        using var folder = output.CreateUnitFolder();
        var list = folder.Write(".json", s => ResultJson.Write(s, new ExceptionList(1, entries)));
        AtomicFile.MoveInto(list, Path.Combine(output.Path, ExceptionsFile), Existing.Replace);
    }

    private static ExceptionEntry Entry(string outputFolder, UnitOutcome outcome)
    {
        var (kind, message) = outcome.Explain();
        var result = outcome.Files is null ? null : Path.GetRelativePath(outputFolder, outcome.Files.Json);
        return new ExceptionEntry(outcome.Source, kind.ToString(), message, result);
    }
}
