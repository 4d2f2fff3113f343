using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Reads one page in a page-worker and keeps what came of it.</summary>
internal sealed class PageStep(
    JobStore jobs, LocalVault vault, PageArchive archive, StateFolder state, PageWorkerPool workers, IWorkObserver observer) : IWorkStep
{
    public WorkKind Kind => WorkKind.Page;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var arrival = (await jobs.UnitAsync(item.Unit, cancellation).ConfigureAwait(false)).Arrival;
        var original = vault.OriginalPath(arrival.Id, arrival.Sha256);
        var index = item.Page!.Value - 1;
        using var folder = state.CreateUnitFolder();
        var attempts = await workers.ReadAsync(original, index, folder.PageImage(index), cancellation).ConfigureAwait(false);

        // Ctrl-C reaches page-workers too: a page must not count as unreadable because they ended with the run.
        cancellation.ThrowIfCancellationRequested();
        if (attempts.Failure is { } failure && failure.Kind.StopsTheRun())
        {
            throw failure;
        }

        var page = StoredPage.Of(await FrameAsync(original, index, attempts, cancellation).ConfigureAwait(false), attempts);
        var (result, image) = await archive.KeepAsync(page, folder, cancellation).ConfigureAwait(false);
        await jobs.PageDoneAsync(item, End(page, result, image), cancellation).ConfigureAwait(false);
        observer.PageDone(item.Unit, item.Page.Value, page);
    }

    // A page that could not be read is still shown, if its headers alone tell how.
    private async Task<FrameInfo> FrameAsync(string original, int index, PageAttempts attempts, CancellationToken cancellation)
        => attempts.Result is { Image: var image }
            ? new FrameInfo(index, image.Width, image.Height, image.IsSourceFile ? image : null)
            : (await workers.InspectAsync(original, cancellation).ConfigureAwait(false)).Frames[index];

    private static PageEnd End(StoredPage page, string result, string? image) => page.Result switch
    {
        null => new PageEnd(PageState.Unreadable, result, Failure: new Failure(page.Kind ?? FailureKind.PageUnreadable, page.Message ?? "")),
        { Outcome: PageOutcome.Blank } => new PageEnd(PageState.Blank, result, image),
        { } read => new PageEnd(
            PageState.Read, result, image, read.Text.Confidence,
            DocumentNeedsReview: read.Warnings.Contains(PageWarning.Damaged) ? nameof(FailureKind.ImageDamaged) : null),
    };
}
