using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>Pages → documents. Without separators a unit is one document: a file, or the files that a manifest names as one.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="vault">Holds pages that could not be read.</param>
/// <param name="attach">False: documents go to no dossier, whatever their unit says.</param>
/// <param name="needsDossier">True: a document without one waits for a person.</param>
internal sealed class GroupStep(JobStore jobs, IVault vault, bool attach, bool needsDossier) : IWorkStep
{
    public WorkKind Kind => WorkKind.Group;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var pages = await jobs.PagesOfUnitAsync(item.Unit, cancellation).ConfigureAwait(false);
        await RefuseIfNothingShowsAsync(unit, pages, cancellation).ConfigureAwait(false);
        var document = new NewDocument(1, [.. pages.Select(page => page.Number)], attach ? unit.Arrival.Dossier : null, Reasons(unit.Arrival, pages));
        await jobs.GroupDoneAsync(item, [document], cancellation).ConfigureAwait(false);
    }

    /// <summary>Why a person must look before the document is filed.</summary>
    private List<string> Reasons(NewUnit arrival, IReadOnlyList<JobPage> pages)
    {
        var reasons = pages.Select(page => page.ReviewReason).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (pages.Any(page => page.State == PageState.Unreadable))
        {
            reasons.Insert(0, nameof(FailureKind.PageUnreadable));
        }

        if (needsDossier && arrival.Dossier is null)
        {
            reasons.Add(nameof(FailureKind.DossierMissing));
        }

        return reasons;
    }

    /// <summary>A document of crossed-out pages only would pretend that there is something to see.</summary>
    private async Task RefuseIfNothingShowsAsync(JobUnit unit, IReadOnlyList<JobPage> pages, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        foreach (var page in pages)
        {
            if (page.State != PageState.Unreadable
                || (await DocumentSource.PageAsync(unit, page, borrowed, cancellation).ConfigureAwait(false)).Page.Shown.Image is not null)
            {
                return;
            }
        }

        throw new GivenUpException(pages[0].Failure!);
    }
}
