using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>Unit → pages: a page-worker says what the file holds; a count made at the door must agree.</summary>
internal sealed class SplitStep(JobStore jobs, LocalVault vault, PageWorkerPool workers, IWorkObserver observer) : IWorkStep
{
    public WorkKind Kind => WorkKind.Split;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var arrival = (await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false)).Arrival;
        var contents = await workers.InspectAsync(vault.PathOf(DocumentSource.OriginalOf(arrival)), cancellation).ConfigureAwait(false);
        if (arrival.ExpectedPages is { } expected && expected != contents.Frames.Count)
        {
            throw new DigitizerException(
                FailureKind.PageCountDiffers, $"{expected} pages were counted when the file arrived, {contents.Frames.Count} are found in it. Compare with the paper, and scan again.");
        }

        await jobs.SplitDoneAsync(item, contents.Format.ToString(), contents.Frames.Count, cancellation).ConfigureAwait(false);
        observer.PagesFound(item.Unit, contents.Frames.Count);
    }
}
