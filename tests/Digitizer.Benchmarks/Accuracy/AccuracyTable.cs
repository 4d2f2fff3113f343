using System.Globalization;
using System.Text;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>Figures of one reader as a table in Markdown, rates in percent.</summary>
/// <param name="group">The row to which a page belongs.</param>
/// <param name="basis">Figures of the tesseract command line on the same pages, if it was run.</param>
internal sealed class AccuracyTable(Func<PageFigures, string> group, ReaderFigures? basis)
{
    private const string None = "–";

    public string Of(ReaderFigures figures)
    {
        var text = new StringBuilder($"\n### {figures.Reader}\n\n");
        text.AppendLine("| | n | CERf | by tesseract's | CER | CERd | WER | field | upright | skew left: median, most | CPU s | by tesseract's |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var printed = figures.Pages.Where(p => !p.Blank).ToList();
        foreach (var rows in printed.GroupBy(group))
        {
            text.AppendLine(Row(rows.Key, [.. rows]));
        }

        if (printed.Count > 0)
        {
            text.AppendLine(Row("**all**", printed));
        }

        return text.Append(Blanks([.. figures.Pages.Where(p => p.Blank)], printed)).Append(Whole(figures)).ToString();
    }

    private string Row(string name, List<PageFigures> rows)
    {
        var sum = PageScore.Sum([.. rows.Select(r => r.Score)]);
        var theirs = basis is null ? null : rows.Select(r => Theirs(r.Id)).ToList();
        string[] cells =
        [
            name, Number(rows.Count),
            Percent(sum.FreeErrors, sum.Length), theirs is null ? None : Ratio(sum.FreeErrors, theirs.Sum(t => t.Score.FreeErrors)),
            Percent(sum.Errors, sum.Length), Percent(sum.ShapeErrors, sum.Length), Percent(sum.WordErrors, sum.Words),
            sum.Fields == 0 ? None : Percent(sum.FieldsFound, sum.Fields),
            Upright(rows), Skew(rows),
            rows.All(r => r.Cpu is null) ? None : Invariant($"{rows.Average(r => r.Cpu ?? 0):0.00}"),
            theirs is null || rows.All(r => r.Cpu is null) ? None : Ratio(rows.Sum(r => r.Cpu ?? 0), theirs.Sum(t => t.Cpu ?? 0)),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Blanks(List<PageFigures> blanks, List<PageFigures> printed)
        => blanks.Count == 0 ? "" : Invariant($"""

            blank pages: {blanks.Count}, junk {blanks.Average(p => p.Score.Read):0.0} characters a page, {blanks.Count(p => p.Score.Read == 0)} without any; called blank: {blanks.Count(p => p.CalledBlank)} of them, {printed.Count(p => p.CalledBlank)} pages with text

            """);

    private string Whole(ReaderFigures figures)
    {
        if (figures.Cpu == 0)
        {
            return "";
        }

        var text = Invariant($"\nCPU of all {figures.Pages.Count} pages: {figures.Cpu:0.0} s");
        if (basis is not null && figures != basis)
        {
            var worst = figures.Pages.MaxBy(By)!;
            text += Invariant($", {figures.Cpu / basis.Cpu:0.00} times tesseract's; worst page {By(worst):0.00} times: {worst.Id}");
        }

        return text + "\n";
    }

    private double By(PageFigures page) => (page.Cpu ?? 0) / Theirs(page.Id).Cpu ?? 0;

    private PageFigures Theirs(string id) => basis!.Pages.First(p => p.Id == id);

    private static string Upright(List<PageFigures> rows)
        => rows.All(r => r.Upright is null) ? None : $"{rows.Count(r => r.Upright == true)} of {rows.Count}";

    private static string Skew(List<PageFigures> rows)
    {
        var left = rows.Select(r => r.Residual).OfType<double>().ToList();
        return left.Count == 0 ? None : Invariant($"{Ratios.Of(left).Median:0.00}, {left.Max():0.00}");
    }

    private static string Percent(double part, double whole) => Invariant($"{100 * part / Math.Max(1, whole):0.00}");

    private static string Ratio(double ours, double theirs) => theirs == 0 ? None : Invariant($"{ours / theirs:0.00}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
