using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.Benchmarks.Scoring;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>PDFs as scanners write them, through the real program with its confined page-workers.</summary>
public sealed class PdfInputTests : IDisposable
{
    private static readonly string[] Texts = ["cong-van", "quet-ngang"];
    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task A_scanned_pdf_of_two_pages_becomes_one_document_with_the_scanners_own_pictures()
    {
        // A4 at 300 dpi, a text layer of the scanner's own, and a second page that lies on its side.
        var letter = Page("cong-van");
        var turned = Page("quet-ngang");
        var file = tools.Rewrite(ScanPdf.Of(letter with { Content = $"q {letter.Width} 0 0 {letter.Height} 0 0 cm /Im0 Do Q" + ScanPdf.InvisibleText }, turned), "--linearize");
        program.Write("in/scan.pdf", file);
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal("", tools.Check(program["out/scan.pdf"]));
        Assert.Equal([letter.Data, turned.Data], tools.Images(program["out/scan.pdf"]).Select(File.ReadAllBytes));
        var text = File.ReadAllText(program["out/scan.txt"]).Split('\f');
        for (var i = 0; i < Texts.Length; i++)
        {
            var truth = File.ReadAllText(Path.Combine(Samples.Fixtures, "truth", Texts[i] + ".txt"));
            Assert.True(PageScore.Of(truth, text[i], []).Rate < 0.04, Texts[i]);
        }

        using var json = JsonDocument.Parse(File.ReadAllText(program["out/scan.json"]));
        var sources = json.RootElement.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("source")).ToList();
        Assert.Equal([0, 1], sources.Select(source => source.GetProperty("frame").GetInt32()));
        Assert.All(sources, source => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), source.GetProperty("sha256").GetString()));
        Assert.DoesNotContain("hidden", File.ReadAllText(program["out/scan.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_pdf_that_is_refused_stands_in_the_list_with_its_own_reason()
    {
        var whole = ScanPdf.Of(ScanPage.Blank);
        program.Write("in/text.pdf", ScanPdf.Of(ScanPage.Blank with { Content = "BT /F1 12 Tf (born digital) Tj ET" }));
        program.Write("in/locked.pdf", tools.Rewrite(whole, "--encrypt", "user", "owner", "256", "--"));
        program.Write("in/script.pdf", ScanPdf.Build("/OpenAction << /S /JavaScript /JS (x) >>", "", ScanPage.Blank));
        program.Write("in/signed.pdf", ScanPdf.Build("/AcroForm << /Fields [{0}] >>", "<< /FT /Sig /V << /Type /Sig >> >>", ScanPage.Blank));
        program.Write("in/cut.pdf", whole[..(whole.Length / 2)]);
        program.Write("in/good.pdf", whole);
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["text.pdf"] = "PdfNotScanned", ["locked.pdf"] = "PdfEncrypted", ["script.pdf"] = "PdfActiveContent",
                ["signed.pdf"] = "PdfSigned", ["cut.pdf"] = "FileTruncated",
            },
            Exceptions.Of(program["out"]));
        Assert.Contains("Page 1: ", ended.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(program["out/good.pdf"]), ended.ToString());
    }

    private static ScanPage Page(string sample)
    {
        var data = File.ReadAllBytes(Path.Combine(Samples.Folder, sample + ".jpg"));
        var (width, height, components) = Frame(data);
        return new ScanPage($"/Width {width} /Height {height} /ColorSpace {(components == 1 ? "/DeviceGray" : "/DeviceRGB")} /BitsPerComponent 8 /Filter /DCTDecode", data)
        {
            Width = width * 72 / 300.0,
            Height = height * 72 / 300.0,
        };
    }

    /// <summary>Size and components as the JPEG's frame header has them.</summary>
    private static (int Width, int Height, int Components) Frame(byte[] jpeg)
    {
        for (var at = 2; ; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])
        {
            if (jpeg[at + 1] is >= 0xC0 and <= 0xC2)
            {
                return ((jpeg[at + 7] << 8) + jpeg[at + 8], (jpeg[at + 5] << 8) + jpeg[at + 6], jpeg[at + 9]);
            }
        }
    }
}
