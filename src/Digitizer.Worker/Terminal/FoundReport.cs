using System.Globalization;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>What <c>demo</c> found in each document: pages, words, confidence, and how its text begins.</summary>
internal sealed class FoundReport(IAnsiConsole console)
{
    private const int MostLetters = 60;

    public void Write(BatchSummary summary)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("document", "pages", "words", "confidence", "begins with");
        foreach (var outcome in summary.Outcomes.Where(o => o.Files is not null))
        {
            var document = outcome.Document!;
            table.AddRow(
                new Text(Path.GetFileName(outcome.Files!.Pdf)),
                new Text(Pages(document)),
                new Text(document.Words.ToString(CultureInfo.InvariantCulture)),
                new Text(document.Words == 0 ? "–" : document.Confidence.ToString("0 %", CultureInfo.InvariantCulture)),
                new Text(Beginning(outcome.Files.Text)));
        }

        console.Write(table);
    }

    /// <summary>How the text in a file begins.</summary>
    public static string Beginning(string textFile)
    {
        var line = File.ReadLines(textFile).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim('\f') ?? "";
        return line.Length <= MostLetters ? line : line[..MostLetters] + "…";
    }

    private static string Pages(DocumentSummary document) => document.Blank == 0
        ? document.Pages.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{document.Pages} ({document.Blank} blank)");
}
