using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.Benchmarks;
using Digitizer.Benchmarks.Scoring;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>PDFs as scanners, word processors and signing programs write them, through the real program with its confined page-workers.</summary>
public sealed class PdfInputTests : IDisposable
{
    private static readonly string[] Lines = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "Kính gửi: Ủy ban nhân dân phường Đông Hòa", "Tôi tên là Nguyễn Thị Ngọc, sinh ngày 02/9/1985"];
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
    public async Task A_digital_pdf_keeps_its_text_and_nothing_of_it_becomes_a_picture()
    {
        program.Write("in/don.pdf", new PdfDraft().Text(Lines).Text(Lines[1], Lines[0]).ToArray());
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal("", tools.Check(program["out/don.pdf"]));
        Assert.Empty(tools.Images(program["out/don.pdf"]));
        Assert.Equal(tools.Words(program["in/don.pdf"]), tools.Words(program["out/don.pdf"]));
        Assert.Equal(Words(string.Join(' ', Lines)), Words(File.ReadAllText(program["out/don.txt"]).Split('\f')[0]));
        Assert.Equal(["kept-text", "kept-text"], Outcomes("out/don.json"));
        Assert.Equal(0, Visible(program["in/don.pdf"], program["out/don.pdf"], 1), 0.03);
    }

    [Fact]
    public async Task Digital_pages_and_scans_of_one_file_stay_in_order_each_in_its_own_way()
    {
        var (letter, turned) = (Page("cong-van"), Page("cong-van"));
        turned = turned with { Entries = FormattableString.Invariant($"/MediaBox [0 0 {turned.Width} {turned.Height}] /Rotate 270") };
        program.Write("in/mixed.pdf", new PdfDraft().Text(Lines).Scan(letter).Text(Lines[1]).Scan(turned).ToArray());
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal("", tools.Check(program["out/mixed.pdf"]));
        Assert.Equal([letter.Data, turned.Data], tools.Images(program["out/mixed.pdf"]).Select(File.ReadAllBytes));
        Assert.Equal(["kept-text", "read", "kept-text", "read"], Outcomes("out/mixed.json"));
        var (source, target) = (tools.Words(program["in/mixed.pdf"]), tools.Words(program["out/mixed.pdf"]));
        Assert.Equal(source[0], target[0]);
        Assert.Equal(source[2], target[2]);
        var truth = File.ReadAllText(Path.Combine(Samples.Fixtures, "truth", "cong-van.txt"));
        var text = File.ReadAllText(program["out/mixed.txt"]).Split('\f');
        Assert.True(PageScore.Of(truth, text[1], []).Rate < 0.04, text[1]);
        Assert.True(PageScore.Of(truth, text[3], []).Rate < 0.04, text[3]);
    }

    [Fact]
    public async Task A_page_in_a_font_that_the_file_does_not_bring_keeps_its_text()
    {
        // Fonts that every reader has of its own (ISO 32000-1, 9.6.2.2).
        program.Write("in/old.pdf", ScanPdf.Of(ScanPage.Blank with { Content = "BT /F1 12 Tf 20 150 Td (Quyet dinh ve viec giai quyet ho so) Tj 0 -20 Td (Can cu Luat Dat dai) Tj ET" }));
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal(["kept-text"], Outcomes("out/old.json"));
        Assert.Contains("Quyet dinh ve viec giai quyet ho so", File.ReadAllText(program["out/old.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_of_links_are_left_out_and_nothing_else_is()
    {
        var (framed, signed) = (Framed(new PdfDraft(), ""), new PdfDraft());
        var field = signed.Builder.Add($"<< /FT /Sig /T (Ky so) /V {SignedPdf.Value} >>");
        program.Write("in/framed.pdf", framed);
        program.Write("in/plain.pdf", new PdfDraft().Text(Lines).ToArray());
        program.Write("in/signed.pdf", SignedPdf.Seal(Framed(signed, $"/AcroForm << /SigFlags 3 /Fields [{field} 0 R] >>")));
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal(0, Visible(program["in/plain.pdf"], program["out/framed.pdf"], 1), 0.03);
        Assert.Equal(File.ReadAllText(program["out/plain.txt"]), File.ReadAllText(program["out/framed.txt"]));
        Assert.Equal(File.ReadAllBytes(program["in/signed.pdf"]), File.ReadAllBytes(program["out/signed.pdf"]));
    }

    [Fact]
    public async Task A_signed_pdf_is_handed_on_byte_for_byte_with_its_text_beside_it()
    {
        var draft = new PdfDraft();
        var field = draft.Builder.Add($"<< /FT /Sig /T (Ky so) /V {SignedPdf.Value} >>");
        var signed = SignedPdf.Seal(draft.Text(Lines).Scan(Page("cong-van")).ToArray($"/AcroForm << /SigFlags 3 /Fields [{field} 0 R] >>"));
        program.Write("in/signed.pdf", signed);
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal(signed, File.ReadAllBytes(program["out/signed.pdf"]));
        var text = File.ReadAllText(program["out/signed.txt"]).Split('\f');
        Assert.Equal(Words(string.Join(' ', Lines)), Words(text[0]));
        Assert.True(PageScore.Of(File.ReadAllText(Path.Combine(Samples.Fixtures, "truth", "cong-van.txt")), text[1], []).Rate < 0.04, text[1]);
        using var json = JsonDocument.Parse(File.ReadAllText(program["out/signed.json"]));
        Assert.Equal("as-received", json.RootElement.GetProperty("pdf").GetProperty("conformance").GetString());
        var signature = json.RootElement.GetProperty("received")[0].GetProperty("signatures")[0];
        Assert.Equal(("Ky so", true), (signature.GetProperty("field").GetString(), signature.GetProperty("coversAll").GetBoolean()));
    }

    [Fact]
    public async Task Many_scanned_pages_stay_in_order_and_cost_no_more_memory_than_few()
    {
        var count = Environment.GetEnvironmentVariable("DIGITIZER_ROW_SCALE") == "long" ? 1000 : 60;
        var few = await PeaksAsync("few", 6);
        var many = await PeaksAsync("many", count);

        for (var page = 1; page <= count; page += page < 10 ? 1 : 29)
        {
            Assert.Equal(page, Shown(program["out/many.pdf"], page));
        }

        Assert.Equal(count, Outcomes("out/many.json").Count);
        Assert.True(many.Host < few.Host + 150, $"{few} {many}");
        Assert.True(many.Worker < few.Worker + 150, $"{few} {many}");
    }

    [Fact]
    public async Task Every_pdf_that_is_refused_stands_in_the_list_with_its_own_reason()
    {
        var whole = ScanPdf.Of(ScanPage.Blank);
        program.Write("in/locked.pdf", tools.Rewrite(whole, "--encrypt", "user", "owner", "256", "--"));
        program.Write("in/restricted.pdf", tools.Rewrite(whole, "--encrypt", "", "owner", "256", "--modify=none", "--"));
        program.Write("in/portfolio.pdf", ScanPdf.Build("/Collection << >>", "", ScanPage.Blank));
        program.Write("in/twice.pdf", ScanPdf.Build("/Pages 3 0 R", "", ScanPage.Blank));
        program.Write("in/cut.pdf", whole[..(whole.Length / 2)]);
        program.Write("in/good.pdf", whole);
        var ended = await program.RunAsync("process", "in");

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["locked.pdf"] = "PdfEncrypted", ["restricted.pdf"] = "PdfRestricted", ["portfolio.pdf"] = "PdfActiveContent",
                ["twice.pdf"] = "PdfDamaged", ["cut.pdf"] = "FileTruncated",
            },
            Exceptions.Of(program["out"]));
        Assert.True(File.Exists(program["out/good.pdf"]), ended.ToString());
    }

    /// <summary>As LaTeX frames its references: they bring no look of their own.</summary>
    private static byte[] Framed(PdfDraft pdf, string catalog)
    {
        var link = "<< /Type /Annot /Subtype /Link /Rect [50 600 550 780] /C [1 0 0] /Border [0 0 9] /Dest (x) >>";
        return pdf.Page($"/MediaBox [0 0 {PdfDraft.Width} {PdfDraft.Height}] /Annots [{link}]", pdf.Lines(Lines)).ToArray(catalog);
    }

    private async Task<(double Host, double Worker)> PeaksAsync(string name, int pages)
    {
        program.Write($"{name}/{name}.pdf", ScanPdf.Of([.. Enumerable.Range(1, pages).Select(Numbered)]));
        using var process = program.Start("process", name);
        var drained = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var (host, worker) = (0.0, 0.0);
        Assert.True(await Eventually.ComesAsync(
            () =>
            {
                host = Math.Max(host, ProcFiles.ResidentMegabytes(process.Id));
                worker = Math.Max(worker, ProcFiles.PageWorkers(process.Id).Select(ProcFiles.ResidentMegabytes).DefaultIfEmpty(0).Max());
                return process.HasExited;
            },
            TimeSpan.FromMinutes(30)));
        Assert.True(process.ExitCode == 0, string.Concat(await drained));
        return (host, worker);
    }

    /// <summary>A page of 90 × 50 pixels that says its number in fat black and white bars, ten of them, one a bit.</summary>
    private static ScanPage Numbered(int number)
        => ScanPage.Blank with { Data = [.. Enumerable.Range(0, 50).SelectMany(_ => Row(number))] };

    private static byte[] Row(int number)
    {
        var row = Enumerable.Repeat((byte)255, 12).ToArray();
        for (var bit = 0; bit < 10; bit++)
        {
            row[1 + bit] = (byte)((number >> bit & 1) == 1 ? 0 : 255);
        }

        return row;
    }

    /// <summary>The number that a page shows, turned upright or upside down as the program may.</summary>
    private int Shown(string pdf, int page)
    {
        var picture = tools.Render(pdf, page, 20);
        return Enumerable.Range(0, 10).Sum(bit => picture.At((int)((12 + (8 * bit)) * picture.Width / 90.0), picture.Height / 2).R < 128 ? 1 << bit : 0);
    }

    private List<string?> Outcomes(string json)
    {
        using var result = JsonDocument.Parse(File.ReadAllText(program[json]));
        return [.. result.RootElement.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("outcome").GetString())];
    }

    /// <summary>Mean difference of a page as shown before and after, 0–1.</summary>
    private double Visible(string before, string after, int page)
    {
        var (a, b) = (tools.Render(before, page, 50), tools.Render(after, page, 50));
        return a.Rgb.Length == b.Rgb.Length ? a.Rgb.Zip(b.Rgb, (p, q) => Math.Abs(p - q) / 255.0).Average() : 1;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

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
