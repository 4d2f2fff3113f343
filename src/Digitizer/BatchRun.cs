using System.Collections.Concurrent;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Extensions.Logging;

namespace Digitizer;

/// <summary>Takes all files of a batch through the house, several at a time; what earlier runs finished is not done again.</summary>
/// <remarks>
/// A file's failure, a fault of the program among them, ends that file and is listed. Only what would
/// fail for every file ends the run (<see cref="FailureKinds.StopsTheRun"/>).
/// </remarks>
internal sealed class BatchRun(Admission admission, PageWorkerPool workers, PageWorkerOptions workerOptions, House house, TimeProvider time, ILogger<BatchRun> log)
{
    /// <summary>Runs the batch to its end, or until it is cancelled: documents that are finished stay, the rest goes on at the next run.</summary>
    /// <exception cref="DigitizerException">The run could not start or go on, for a reason that lies in the machine.</exception>
    public async Task<BatchSummary> RunAsync(BatchRequest request, ScanResult scan, IBatchObserver observer, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var state = StateFolder.OfOutput(request.OutputFolder);
        using var timings = OpenTimings(request.TimingsFile);
        var output = Path.GetFullPath(request.OutputFolder);
        observer.Scanned(scan);
        var ended = new ConcurrentDictionary<int, UnitOutcome>();
        var wasInterrupted = false;
        try
        {
            await RunAsync(request, output, state, scan.Sources, new BatchProgress(observer, timings), ended, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            wasInterrupted = true;
        }
        catch (DigitizerException)
        {
            // What ended before the machine failed is listed, if that can still be written.
            ExceptionLog.TryWrite(state, output, Outcomes(scan, ended));
            throw;
        }

        var outcomes = Outcomes(scan, ended);
        ExceptionLog.Write(state, output, outcomes);
        return new BatchSummary(scan, outcomes, time.GetElapsedTime(started), wasInterrupted);
    }

    private async Task RunAsync(
        BatchRequest request,
        string output,
        StateFolder state,
        IReadOnlyList<InputFile> sources,
        BatchProgress progress,
        ConcurrentDictionary<int, UnitOutcome> ended,
        CancellationToken cancellation)
    {
        var engine = await workers.StartAsync(cancellation).ConfigureAwait(false);
        var jobs = await JobStore.OpenAsync(
            new JobOptions { File = Path.Combine(state.Path, "journal.db"), AuditFile = Path.Combine(state.Path, "audit.jsonl") }, time, cancellation).ConfigureAwait(false);
        await using (jobs.ConfigureAwait(false))
        {
            await jobs.DisownDeadAsync(cancellation).ConfigureAwait(false);
            using var results = new ResultFolder(output, state);
            var vault = LocalVault.Open(Path.Combine(state.Path, "vault"), time);
            var parts = new HouseParts
            {
                State = state,
                Jobs = jobs,
                Vault = vault,
                Publisher = new ResultPublisher(new Dictionary<string, IResultPlace> { [BatchIntake.Source] = results }),
                Dossiers = new Dossiers.FolderDossierStore(Path.Combine(output, ResultNames.DossierFolder)),
                Attach = request.Attach,
                Observer = progress,
            };
            var session = new BatchSession(parts, house.CreateLoop(parts, engine), new BatchIntake(admission, parts, vault, request, workerOptions.Reading, time), progress, log);
            await session.RunAsync(sources, (2 * workerOptions.Workers) + 2, ended, cancellation).ConfigureAwait(false);
        }
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
}
