using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Reads one page in a page-worker and keeps what came of it. The last page of a unit groups them, where that needs no look at them.</summary>
internal sealed class PageStep(
    JobStore jobs, IVault vault, PageArchive archive, StateFolder state, PageWorkerPool workers, EngineInfo engine, GroupRule rule, IWorkObserver observer) : IWorkStep
{
    public WorkKind Kind => WorkKind.Page;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var (file, index) = unit.Locate(item.Page!.Value);
        using var borrowed = vault.Borrow();
        var original = await borrowed.OriginalAsync(DocumentSource.OriginalOf(file), cancellation).ConfigureAwait(false);
        using var folder = state.CreateUnitFolder();
        var imageFile = folder.PageImage(index);
        var attempts = await workers.ReadAsync(original, index, imageFile, cancellation, unit.Arrival.Profile == Profiles.Compact).ConfigureAwait(false);

        // Ctrl-C reaches page-workers too: a page must not count as unreadable because they ended with the run.
        cancellation.ThrowIfCancellationRequested();
        var frame = await FrameAsync(original, index, attempts, cancellation).ConfigureAwait(false);
        var kept = await archive.KeepAsync(frame, attempts, engine, imageFile, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.PageKept);
        await jobs.PageDoneAsync(item, End(attempts, kept), rule.TryGroup, cancellation).ConfigureAwait(false);
        observer.PageDone(item.Unit, item.Page.Value, attempts);
    }

    // A page that could not be read is still shown, if its headers alone tell how.
    private async Task<FrameInfo> FrameAsync(string original, int index, PageAttempts attempts, CancellationToken cancellation)
        => attempts.Result is { Image: var image }
            ? new FrameInfo(index, image.Width, image.Height, image is { IsSourceFile: true, Encoding: not ImageEncoding.PdfForm } ? image : null) { Origin = attempts.Result.Origin }
            : (await workers.InspectAsync(original, cancellation).ConfigureAwait(false)).Frames[index];

    private static PageEnd End(PageAttempts attempts, KeptPage kept) => attempts switch
    {
        { Result: null } => new PageEnd(PageState.Unreadable, kept.Result, Failure: Failure.From(attempts.Failure!)),
        { Result: { Outcome: PageOutcome.Blank } } => new PageEnd(PageState.Blank, kept.Result, kept.Image, ThumbnailSha256: kept.Thumbnail),
        { Result: { } read } => new PageEnd(
            read.Outcome == PageOutcome.KeptText ? PageState.KeptText : PageState.Read, kept.Result, kept.Image, read.Text.Confidence,
            DocumentNeedsReview: read.Warnings.Contains(PageWarning.Damaged) ? nameof(FailureKind.ImageDamaged) : null,
            ThumbnailSha256: kept.Thumbnail),
    };
}
