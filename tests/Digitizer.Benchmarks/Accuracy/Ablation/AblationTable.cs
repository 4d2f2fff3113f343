using System.Globalization;
using System.Text;

namespace Digitizer.Benchmarks.Accuracy.Ablation;

/// <summary>
/// What each step is worth, as a table in Markdown: points of CERf that it gains (negative: harms), CPU
/// of the step itself, and by how much it makes the whole page slower: less where what follows has less to do.
/// </summary>
internal static class AblationTable
{
    public static string Of(IReadOnlyList<AblatedPage> pages, Func<AblatedPage, string> group)
    {
        var groups = pages.Select(group).Distinct().ToList();
        var text = new StringBuilder("\n### What each clean-up step gains (points of CERf)\n\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"| step | pages | own ms | page ms | {string.Join(" | ", groups)} | **all** |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|--:|--:|--:|{string.Concat(Enumerable.Repeat("--:|", groups.Count + 1))}");
        foreach (var step in pages.SelectMany(p => p.Steps).Select(s => s.Name).Distinct())
        {
            text.AppendLine(Row(step, pages, groups, group));
        }

        return text.ToString();
    }

    private static string Row(string step, IReadOnlyList<AblatedPage> pages, List<string> groups, Func<AblatedPage, string> group)
    {
        var steps = pages.SelectMany(p => p.Steps.Where(s => s.Name == step).Select(s => (Page: p, Step: s))).ToList();
        string[] cells =
        [
            step,
            FormattableString.Invariant($"{steps.Count(s => s.Step.Applied)}"),
            FormattableString.Invariant($"{1000 * steps.Sum(s => s.Step.Own) / pages.Count:0}"),
            FormattableString.Invariant($"{1000 * steps.Sum(s => s.Page.Cpu - s.Step.Cpu) / pages.Count:+0;-0;0}"),
            .. groups.Select(g => Gain(step, pages.Where(p => group(p) == g))),
            Gain(step, pages),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Gain(string step, IEnumerable<AblatedPage> pages)
    {
        var (errors, length, applied) = (0, 0, false);
        foreach (var page in pages)
        {
            var without = page.Steps.FirstOrDefault(s => s.Name == step);
            errors += (without?.Errors ?? page.Errors) - page.Errors;
            length += page.Length;
            applied |= without is { Applied: true };
        }

        return applied ? FormattableString.Invariant($"{100.0 * errors / Math.Max(1, length):+0.00;-0.00;0}") : "";
    }
}
