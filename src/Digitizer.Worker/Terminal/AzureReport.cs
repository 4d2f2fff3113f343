using System.Globalization;
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
            .AddColumn(new TableColumn("blob").NoWrap()).AddColumns("told by", "pages", "begins with", "read by", "filed in dossier", "results");
        foreach (var scan in sent)
        {
            var document = documents.First(d => d.Name == scan.Blob);
            table.AddRow(
                new Text(scan.Blob),
                new Text(scan.IsEvent ? "event" : "message"),
                new Text(document.Pages.ToString(CultureInfo.InvariantCulture)),
                new Text(document.Begins ?? ""),
                new Text(string.Join(", ", document.Readers)),
                new Text(document.Pdf is { } pdf ? Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(pdf)))! : "none"),
                new Text(string.Join(' ', results.Where(name => IsOf(name, scan.Blob)).Select(name => Path.GetExtension(name).TrimStart('.')))));
        }

        console.Write(table);
        var workers = documents.SelectMany(d => d.Readers).Concat(documents.Select(d => d.Filer).OfType<int>()).Distinct().Order();
        console.WriteLine(string.Join(", ", workers.Select(worker => Did(worker, documents))) + ".");
        console.WriteLine($"Results lie in the container {DemoStorage.Results}, too: {Counted.Of(results.Count, "blob")}.");
    }

    private static string Did(int worker, IReadOnlyList<DemoDocument> documents)
        => $"Worker {worker} read {Counted.Of(documents.Sum(d => d.Readers.Count(reader => reader == worker)), "page")} and filed {Counted.Of(documents.Count(d => d.Filer == worker), "document")}";

    // Results are called CONTAINER/BLOB without its extension.
    private static bool IsOf(string result, string blob) => result.StartsWith($"{DemoStorage.Scans}/{Path.GetFileNameWithoutExtension(blob)}.", StringComparison.Ordinal);
}
