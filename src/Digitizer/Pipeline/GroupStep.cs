using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>Pages → documents. Without separators and manifests that name parts, a unit is one document.</summary>
internal sealed class GroupStep(JobStore jobs, DocumentSource source) : IWorkStep
{
    public WorkKind Kind => WorkKind.Group;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var account = await jobs.AccountAsync(item.Unit, cancellation).ConfigureAwait(false);
        await RefuseIfNothingShowsAsync(account, cancellation).ConfigureAwait(false);
        var document = new NewDocument(1, [.. account.Pages.Select(page => page.Number)], account.Unit.Arrival.Dossier, Reasons(account.Pages));
        await jobs.GroupDoneAsync(item, [document], cancellation).ConfigureAwait(false);
    }

    /// <summary>Why a person must look before the document is filed.</summary>
    private static List<string> Reasons(IReadOnlyList<JobPage> pages)
    {
        var reasons = pages.Select(page => page.ReviewReason).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (pages.Any(page => page.State == PageState.Unreadable))
        {
            reasons.Insert(0, nameof(FailureKind.PageUnreadable));
        }

        return reasons;
    }

    /// <summary>A document of crossed-out pages only would pretend that there is something to see.</summary>
    private async Task RefuseIfNothingShowsAsync(UnitAccount account, CancellationToken cancellation)
    {
        foreach (var page in account.Pages)
        {
            if (page.State != PageState.Unreadable || (await source.PageAsync(account.Unit.Arrival, page, cancellation).ConfigureAwait(false)).Shown.Image is not null)
            {
                return;
            }
        }

        // The attempts are spent, whatever the kind: no other attempt at grouping would change that.
        var failure = account.Pages[0].Failure!;
        throw new DigitizerException(failure.Kind.MayPass() ? FailureKind.PageUnreadable : failure.Kind, failure.Message);
    }
}
