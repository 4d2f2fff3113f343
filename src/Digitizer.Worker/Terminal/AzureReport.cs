using Digitizer.Worker.Demo;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>What <c>demo --azure</c> shows in the end: each scan from its blob to its dossier, and what each worker did.</summary>
internal sealed class AzureReport(IAnsiConsole console)
{
    public void Write(IReadOnlyList<SentScan> sent, IReadOnlyList<DemoDocument> documents, IReadOnlyList<string> results)
    {
        console.WriteLine();
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("dossier and blob").NoWrap()).AddColumns("told by", "begins with", "read by")
            .AddColumn(new TableColumn("results").NoWrap());
        foreach (var dossier in sent.Select(scan => (Scan: scan, Document: documents.First(d => d.Name == scan.Blob))).GroupBy(pair => pair.Document.Dossier))
        {
            table.AddRow(new Text(dossier.Key ?? "in no dossier", new Style(decoration: Decoration.Bold)));
            foreach (var (scan, document) in dossier)
            {
                table.AddRow(
                    new Text("  " + scan.Blob),
                    new Text(scan.IsEvent ? "event" : "message"),
                    new Text(document.Begins ?? ""),
                    new Text(string.Join(", ", document.Readers)),
                    new Text(string.Join(' ', results.Select(name => KindOf(name, scan.Blob)).OfType<string>())));
            }
        }

        console.Write(table);
        var workers = documents.SelectMany(d => d.Readers).Concat(documents.Select(d => d.Filer).OfType<int>()).Distinct().Order();
        foreach (var worker in workers)
        {
            console.WriteLine($"Worker {worker} read {Counted.Of(documents.Sum(d => d.Readers.Count(reader => reader == worker)), "page")} and filed {Counted.Of(documents.Count(d => d.Filer == worker), "document")}.");
        }

        console.WriteLine($"The container {DemoStorage.Results} got {Counted.Of(results.Count, "blob")}, for those who sent the scans.");
    }

    // Results are called CONTAINER/BLOB without its extension, and .pdf and so on.
    private static string? KindOf(string result, string blob)
        => $"{DemoStorage.Scans}/{Path.GetFileNameWithoutExtension(blob)}." is var start && result.StartsWith(start, StringComparison.Ordinal) ? result[start.Length..] : null;
}
