using Digitizer.Worker.Commands;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>The findings of <c>check</c> as a table.</summary>
internal static class FindingsReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "checked", "found");
        foreach (var finding in findings)
        {
            table.AddRow(
                new Text(finding.IsGood ? "ok" : "NO", new Style(finding.IsGood ? Color.Green : Color.Red)),
                new Text(finding.Subject),
                new Text(finding.Detail));
        }

        console.Write(table);
        var bad = findings.Count(f => !f.IsGood);
        console.WriteLine(bad == 0 ? "Everything that a run needs is there." : $"{Counted.Of(bad, "problem")}: see the lines marked NO.");
    }
}
