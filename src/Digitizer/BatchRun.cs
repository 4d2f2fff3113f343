using System.Collections.Concurrent;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.PageWorkers;
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
    Admission admission, PageWorkerPool workers, PageWorkerOptions workerOptions, TimeProvider time, ILogger<BatchRun> log)
{
    /// <summary>Runs the batch to its end, or until it is cancelled: documents that are finished stay, others leave nothing.</summary>
    /// <exception cref="DigitizerException">The run could not start or go on, for a reason that lies in the machine.</exception>
    public async Task<BatchSummary> RunAsync(BatchRequest request, ScanResult scan, IBatchObserver observer, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var output = OutputFolder.Open(request.OutputFolder);
        using var results = new ResultFolder(output.Path);
        using var timings = OpenTimings(request.TimingsFile);
        observer.Scanned(scan);
        var ended = new ConcurrentDictionary<int, UnitOutcome>();
        var wasInterrupted = false;
        try
        {
            var engine = await workers.StartAsync(cancellation).ConfigureAwait(false);
            var store = request.Attach ? new FolderDossierStore(Path.Combine(output.Path, ResultNames.DossierFolder)) : null;
            var target = new PipelineTarget(output, results, request.Dossier, store, timings);
            var pipeline = new DocumentPipeline(admission, workers, workerOptions, target, engine, observer);
            await RunUnitsAsync(pipeline, scan.Sources, ended, observer, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            wasInterrupted = true;
        }
        catch (DigitizerException)
        {
            // What ended before the machine failed is listed, if that can still be written.
            TryWriteExceptions(output, Outcomes(scan, ended));
            throw;
        }

        var outcomes = Outcomes(scan, ended);
        WriteExceptions(output, outcomes);
        return new BatchSummary(scan, outcomes, time.GetElapsedTime(started), wasInterrupted);
    }

    private static List<UnitOutcome> Outcomes(ScanResult scan, ConcurrentDictionary<int, UnitOutcome> ended)
        => [.. scan.Refusals.Select(r => new UnitOutcome(r.File) { Refusal = r }), .. ended.OrderBy(e => e.Key).Select(e => e.Value)];

    // Only now that no other run works with the folder: it may be writing the same file.
    private static StreamWriter? OpenTimings(string? file)
    {
        try
        {
            return file is null ? null : new StreamWriter(file);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, file!);
        }
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

    private static void TryWriteExceptions(OutputFolder output, List<UnitOutcome> outcomes)
    {
        try
        {
            WriteExceptions(output, outcomes);
        }
        catch (DigitizerException)
        {
            // The failure that ended the run says more.
        }
    }

    private static void WriteExceptions(OutputFolder output, List<UnitOutcome> outcomes)
    {
        var file = Path.Combine(output.Path, ResultNames.ExceptionList);
        var list = ExceptionLog.Continue(ExceptionLog.Read(file), outcomes, output.Path);
        using var folder = output.CreateUnitFolder();
        AtomicFile.MoveInto(folder.Write(".json", s => ResultJson.Write(s, list)), file, Existing.Replace);
    }
}
