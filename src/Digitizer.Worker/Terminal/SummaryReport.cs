using System.Globalization;
using Digitizer.Failures;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>The table at the end of a run, and the list for a person.</summary>
internal static class SummaryReport
{
    private static readonly string[] Columns = ["documents", "pages", "blank", "needs review", "refused", "seconds", "pages/min"];

    public static void Write(IAnsiConsole console, BatchSummary summary, string outputFolder)
    {
        console.Write(TableOf(summary));
        foreach (var outcome in summary.Outcomes.Where(o => o.NeedsPerson))
        {
            console.Profile.Out.Writer.WriteLine("! " + OutcomeLines.Of(outcome));
        }

        console.Profile.Out.Writer.WriteLine($"Results: {ShownName.Escape(Path.GetFullPath(outputFolder))}");
        if (summary.WasInterrupted)
        {
            console.Profile.Out.Writer.WriteLine(
                $"Interrupted: {summary.Outcomes.Count} of {summary.Scan.Sources.Count + summary.Scan.Refusals.Count} files came to their end and stay. Run the same command again to go on; finished files are read again and stay the same.");
        }
    }

    private static Table TableOf(BatchSummary summary)
    {
        var seconds = summary.Elapsed.TotalSeconds;
        var rate = seconds > 0 ? summary.Pages / seconds * 60 : 0;
        return new Table()
            .Border(TableBorder.Rounded)
            .AddColumns(Columns.Select(c => new TableColumn(c).RightAligned()).ToArray())
            .AddRow(new[] { summary.Documents, summary.Pages, summary.Blank, summary.NeedReview, summary.Refused }
                .Select(n => n.ToString(CultureInfo.InvariantCulture))
                .Append(seconds.ToString("0.0", CultureInfo.InvariantCulture))
                .Append(rate.ToString("0.0", CultureInfo.InvariantCulture))
                .ToArray());
    }

}
