using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>What must hold when pages become documents: no page disappears, none is in two documents.</summary>
internal static class Grouping
{
    /// <exception cref="DigitizerException">PageUnaccounted.</exception>
    public static void Check(IReadOnlyList<JobPage> pages, IReadOnlyList<NewDocument> documents)
    {
        var taken = documents.SelectMany(d => d.Pages).ToList();
        var twice = taken.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        var unknown = taken.Except(pages.Select(p => p.Number)).ToList();
        var lost = pages.Where(p => p.State is not (PageState.Blank or PageState.Separator)).Select(p => p.Number).Except(taken).ToList();
        if (twice.Count + unknown.Count + lost.Count > 0 || documents.Any(d => d.Pages.Count == 0))
        {
            throw new DigitizerException(
                FailureKind.PageUnaccounted,
                $"Grouping does not account for every page: in no document {Shown(lost)}, in two {Shown(twice)}, not of this unit {Shown(unknown)}. Hand this message to support; the original is kept.");
        }
    }

    /// <summary>The document's own reasons and those of its pages.</summary>
    public static IEnumerable<string> Reasons(IReadOnlyList<JobPage> pages, NewDocument document)
    {
        var own = pages.Where(p => document.Pages.Contains(p.Number)).ToList();
        var unreadable = own.Any(p => p.State == PageState.Unreadable) ? [nameof(FailureKind.PageUnreadable)] : Array.Empty<string>();
        return [.. document.Reasons, .. own.Select(p => p.ReviewReason).OfType<string>(), .. unreadable];
    }

    private static string Shown(List<int> numbers) => numbers.Count == 0 ? "none" : string.Join(", ", numbers.Take(10));
}
