using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests;

/// <summary>A scanner that writes a file a page, and names in a manifest which of them are one document.</summary>
public sealed class BatchesWithManifestsTests : IDisposable
{
    private readonly ServiceUnderTest bench = new();

    public void Dispose() => bench.Dispose();

    private TestProgram Program => bench.Program;

    [Fact]
    public async Task Files_of_one_document_are_one_PDF_in_their_order_and_every_file_is_kept()
    {
        using var service = await bench.StartAsync();
        var (first, second, third) = (WhitePages.Png(1), WhitePages.Png(2), WhitePages.Png(3));
        DropBatch(("b.png", first, "1"), ("a.png", second, "1"), ("c.png", third, "2"));
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/c/c.pdf"]) && File.Exists(Program[$"dossiers/{Code}/b/b.pdf"]));
        await UntilAsync(async () => (await bench.UnitsAsync()) is [{ State: "Closed" }, { State: "Closed" }]);

        Assert.Equal(["b", "c"], Directory.GetDirectories(Program[$"dossiers/{Code}"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([("b.png", Digest(first)), ("a.png", Digest(second))], Sources($"dossiers/{Code}/b/b.json"));
        Assert.Equal([("c.png", Digest(third))], Sources($"dossiers/{Code}/c/c.json"));
        Assert.True(File.Exists(Program[$"results/quay/{Code}/lo/b.pdf"]));
        Assert.Equal(3, Directory.GetFiles(Program["state/vault/originals"], "*.json").Length);
        Assert.Empty(Program.Files($"drop/{Code}"));

        var shown = await Program.RunAsync("jobs", "show", await UnitOfAsync("b.png"), "--state", "state");
        Assert.Contains("b.png and 1 more file", shown.Output, StringComparison.Ordinal);
        Assert.Contains("a.png", shown.Output, StringComparison.Ordinal);
        Assert.Contains("pages 2–2", shown.Output, StringComparison.Ordinal);
        Assert.Contains("the manifest also tells tenGiayTo", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn", shown.Output, StringComparison.Ordinal);

        Assert.Equal(0, await TestProgram.StopAsync(service));
        var verified = await Program.RunAsync("verify", "--config", "serve.json");
        Assert.True(verified.Code == 0, verified.ToString());
    }

    [Fact]
    public async Task One_file_that_cannot_be_read_keeps_its_document_with_a_person_who_is_told_which()
    {
        using var service = await bench.StartAsync();
        var portfolio = ScanPdf.Build("/Collection << >>", "", ScanPage.Blank);
        DropBatch(("a.png", WhitePages.Png(1), "1"), ("b.pdf", portfolio, "1"), ("c.png", WhitePages.Png(3), "2"));
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/c/c.pdf"]));
        await UntilAsync(async () => (await bench.UnitsAsync("--waiting")).Count == 1);

        Assert.Equal(["c"], Directory.GetDirectories(Program[$"dossiers/{Code}"]).Select(Path.GetFileName));
        var shown = await Program.RunAsync("jobs", "show", await UnitOfAsync("a.png"), "--state", "state");
        Assert.Contains("b.pdf: ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("PdfActiveContent", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task A_signed_PDF_is_not_joined_with_other_files_and_a_person_is_told_so()
    {
        using var service = await bench.StartAsync();
        DropBatch(("a.png", WhitePages.Png(1), "1"), ("b.pdf", SignedPdf.Of("Ky so", ScanPage.Blank), "1"), ("c.pdf", SignedPdf.Of("Ky so", ScanPage.Blank), "2"));
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/c/c.pdf"]));
        await UntilAsync(async () => (await bench.UnitsAsync("--waiting")).Count == 1);

        Assert.Equal(["c"], Directory.GetDirectories(Program[$"dossiers/{Code}"]).Select(Path.GetFileName));
        Assert.Equal(SignedPdf.Of("Ky so", ScanPage.Blank), File.ReadAllBytes(Program[$"dossiers/{Code}/c/c.pdf"]));
        var shown = await Program.RunAsync("jobs", "show", await UnitOfAsync("a.png"), "--state", "state");
        Assert.Contains("PdfSigned", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task A_lost_journal_is_made_anew_with_all_files_of_a_document_and_files_nothing_twice()
    {
        using (var service = await bench.StartAsync())
        {
            DropBatch(("a.png", WhitePages.Png(1), "1"), ("b.png", WhitePages.Png(2), "1"));
            await UntilAsync(async () => (await bench.UnitsAsync()) is [{ State: "Closed" }]);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        Array.ForEach(Directory.GetFiles(Program["state"], "journal.db*"), File.Delete);
        var rebuilt = await Program.RunAsync("rebuild-journal", "--state", "state");
        Assert.True(rebuilt.Code == 0, rebuilt.ToString());
        using var again = await bench.StartAsync();
        var verified = await Program.RunAsync("verify", "--config", "serve.json");
        Assert.True(verified.Code == 0, verified.ToString());
        Assert.Equal(["a"], Directory.GetDirectories(Program[$"dossiers/{Code}"]).Select(Path.GetFileName));
        Assert.Equal(0, await TestProgram.StopAsync(again));

        File.Delete(Directory.GetFiles(Program["state/vault/originals"], $"*-{Digest(WhitePages.Png(2))}").Single());
        verified = await Program.RunAsync("verify", "--config", "serve.json");
        Assert.True(verified.Code == 1, verified.ToString());
        Assert.Contains(Digest(WhitePages.Png(2)), verified.Output, StringComparison.Ordinal);
    }

    private void DropBatch(params (string Name, byte[] Content, string Document)[] files)
    {
        foreach (var (name, content, _) in files)
        {
            bench.Drop($"{Code}/lo/{name}", content);
        }

        bench.Drop($"{Code}/lo/x.manifest.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            documents = files.GroupBy(f => f.Document).Select(d => new
            {
                seq = d.Key,
                tenGiayTo = "Đơn của Nguyễn Văn A",
                files = d.Select(f => new { path = f.Name, sha256 = Digest(f.Content) }),
            }),
        }));
    }

    private async Task<string> UnitOfAsync(string name)
    {
        var list = await Program.RunAsync("jobs", "list", "--state", "state", "--json");
        using var units = JsonDocument.Parse(list.Output);
        return units.RootElement.GetProperty("units").EnumerateArray()
            .Single(u => u.GetProperty("arrival").GetProperty("shownName").GetString()!.EndsWith(name, StringComparison.Ordinal)).GetProperty("id").GetString()!;
    }

    private List<(string, string)> Sources(string result)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Program[result]));
        return [.. json.RootElement.GetProperty("pages").EnumerateArray().Select(p => p.GetProperty("source"))
            .Select(s => (s.GetProperty("file").GetString()!, s.GetProperty("sha256").GetString()!))];
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
