using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D2: PDFs of many makes. Each ends within its time, and what is written of it is sound, proved, and PDF/A-2u unless it says why not.
/// Sound files of our own are never refused. A folder of other people's files, named by DIGITIZER_PDF_CORPUS, is held to the same but for that.
/// </summary>
[Trait("Row", "D2")]
public sealed class RowD2PdfCorpus : IDisposable
{
    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task Every_file_ends_and_what_is_written_is_sound()
    {
        var others = Others();
        var own = Row.Some(SomePdfs.All, oneIn: 3).ToDictionary();
        var row = new Row("D2", own.Count + others.Count, own.Count + others.Count, own.Count + others.Count);
        foreach (var (name, bytes) in own)
        {
            program.Write("in/" + name, bytes);
        }

        foreach (var (i, file) in others.Index())
        {
            program.Write(FormattableString.Invariant($"in/corpus-{i:0000}-{Path.GetFileName(file)}"), File.ReadAllBytes(file));
        }

        var run = await program.RunAsync("process", "in", "--out", "out");

        Assert.InRange(run.Code, 0, 1);
        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var name in Directory.EnumerateFiles(program["in"]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal))
        {
            var fault = refused.TryGetValue(name, out var kind) ? (own.ContainsKey(name) ? kind : null) : FaultOf(Path.GetFileNameWithoutExtension(name));
            row.Trial(fault is null);
            if (fault is not null)
            {
                reasons.Add($"{name}: {fault}");
            }
        }

        row.Note($"refused {refused.Count} ({string.Join(", ", refused.Values.CountBy(kind => kind).OrderByDescending(k => k.Value).Select(k => $"{k.Key} {k.Value}"))})");
        row.Report(reasons);
    }

    private string? FaultOf(string name)
    {
        var pdf = program[$"out/{name}.pdf"];
        if (!File.Exists(pdf))
        {
            return "neither written nor refused";
        }

        using var json = JsonDocument.Parse(File.ReadAllText(program[$"out/{name}.json"]));
        var said = json.RootElement.GetProperty("pdf");
        return said.GetProperty("conformance").GetString() switch
        {
            "as-received" => null,
            "PDF-1.7" when !said.TryGetProperty("notArchival", out _) => "it is no PDF/A, and does not say why",
            "PDF/A-2u" when Record.Exception(() => PdfAAssert.Conforms(pdf)) is { } finding => finding.Message,
            _ when said.GetProperty("proof").GetProperty("pagesCompared").GetInt32() != json.RootElement.GetProperty("pages").GetArrayLength() => "not all of its pages are proved",
            _ => tools.Check(pdf) is { Length: > 0 } complaint ? complaint : null,
        };
    }

    private static List<string> Others()
        => Environment.GetEnvironmentVariable("DIGITIZER_PDF_CORPUS") is { Length: > 0 } folder
            ? [.. Directory.EnumerateFiles(folder, "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
}
