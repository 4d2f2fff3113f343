using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>What documents a unit's pages become. Without separators it is one: a file, or the files that a manifest names as one.</summary>
/// <param name="attach">False: documents go to no dossier, whatever their unit says.</param>
/// <param name="needsDossier">True: a document without one waits for a person.</param>
internal sealed class GroupRule(bool attach, bool needsDossier)
{
    /// <summary>By the pages alone; null: whether any of them shows something must be seen first.</summary>
    public IReadOnlyList<NewDocument>? TryGroup(JobUnit unit, IReadOnlyList<JobPage> pages)
        => pages.Any(page => page.State != PageState.Unreadable) ? Group(unit, pages) : null;

    /// <summary>Pages of which one at least shows something.</summary>
    public IReadOnlyList<NewDocument> Group(JobUnit unit, IReadOnlyList<JobPage> pages)
        => [new NewDocument(1, [.. pages.Select(page => page.Number)], attach ? unit.Arrival.Dossier : null, Reasons(unit.Arrival, pages))];

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
}
