using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>Pages → documents, where the last page could not say it: something of them must show.</summary>
internal sealed class GroupStep(JobStore jobs, IVault vault, GroupRule rule) : IWorkStep
{
    public WorkKind Kind => WorkKind.Group;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var pages = await jobs.PagesOfUnitAsync(item.Unit, cancellation).ConfigureAwait(false);
        await RefuseIfNothingShowsAsync(unit, pages, cancellation).ConfigureAwait(false);
        await jobs.GroupDoneAsync(item, rule.Group(unit, pages), cancellation).ConfigureAwait(false);
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
