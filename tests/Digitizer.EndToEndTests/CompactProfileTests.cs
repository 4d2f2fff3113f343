using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>The profile that makes PDFs of colour scans small, through the real program.</summary>
public sealed class CompactProfileTests : IDisposable
{
    // In colour, 300 dpi.
    private const string Name = "cong-van";

    private static readonly string Scan = Samples.Letter;

    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task A_colour_scan_is_made_anew_small_with_the_same_text_and_the_next_run_reads_nothing()
    {
        program.Write($"in/{Name}.jpg", await File.ReadAllBytesAsync(Scan));
        string[] run = ["process", "in", "--profile", "compact", "--timings", "times.jsonl"];
        var plain = await program.RunAsync("process", "in");
        var pdf = program[$"out/{Name}.pdf"];
        var (bytes, words, text, rendition) = (new FileInfo(pdf).Length, tools.Text(pdf), await File.ReadAllTextAsync(program[$"out/{Name}.txt"]), Rendition());
        var small = await program.RunAsync(run);

        Assert.True((plain.Code, small.Code) == (0, 0), $"{plain}{small}");
        Assert.Single(await File.ReadAllLinesAsync(program["times.jsonl"]));
        Assert.Equal(("as-scanned", "compact"), (rendition, Rendition()));
        Assert.InRange(new FileInfo(pdf).Length, 1, bytes / 3);
        Assert.Equal(text, await File.ReadAllTextAsync(program[$"out/{Name}.txt"]));
        Assert.Equal(words, tools.Text(pdf));
        Assert.Equal("", tools.Check(pdf));
        PdfAAssert.Conforms(pdf);
        Assert.Equal(await File.ReadAllBytesAsync(Scan), await File.ReadAllBytesAsync(Original()));

        var before = Digests();
        var again = await program.RunAsync(run);
        Assert.True(again.Code == 0, again.ToString());
        Assert.Equal(before, Digests());
        Assert.Equal("", await File.ReadAllTextAsync(program["times.jsonl"]));
    }

    private string Rendition()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(program[$"out/{Name}.json"]));
        return json.RootElement.GetProperty("pages")[0].GetProperty("rendition").GetString()!;
    }

    private string Original()
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Scan)));
        return Directory.EnumerateFiles(program["out"], $"*{sha256}", SearchOption.AllDirectories).Single(file => file.Contains("originals", StringComparison.Ordinal));
    }

    private string[] Digests() => [.. program.Files("out").Select(file => file + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(program["out/" + file]))))];
}
