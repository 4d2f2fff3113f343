using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>Documents that are larger than the receiving system takes, through the real service.</summary>
public sealed class DeliveryCopyTests : IDisposable
{
    private const int MostPage = 190_000;
    private const int MostFile = 330_000;
    private const string Dossier = "dossiers/" + ServiceUnderTest.Code;
    private readonly ServiceUnderTest service = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        service.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task The_dossier_gets_a_copy_that_fits_and_the_archive_keeps_what_was_scanned()
    {
        var (page, pages) = (Sample("quet-ngang.jpg"), Sample("to-khai.tif"));
        service.Configure([], new { MaxPageBytes = MostPage, MaxFileBytes = MostFile });
        using var running = await service.StartAsync();
        service.Drop($"{ServiceUnderTest.Code}/trang.jpg", page);
        service.Drop($"{ServiceUnderTest.Code}/don.tif", pages);
        service.Drop($"{ServiceUnderTest.Code}/nho.png", WhitePages.Png(1));
        await ServiceUnderTest.UntilAsync(async () => await service.UnitsAsync() is { Count: 3 } units && units.All(u => u.State == "Closed"));

        Assert.Equal([page], tools.Images(Path("results", "trang.pdf")).Select(File.ReadAllBytes));
        foreach (var name in (string[])["trang", "don"])
        {
            var (archived, copy) = (Path("results", name + ".pdf"), Path("results", name + ".delivery.pdf"));
            Assert.InRange(new FileInfo(copy).Length, 1, name == "trang" ? MostPage : MostFile);
            Assert.InRange(new FileInfo(archived).Length, MostFile, int.MaxValue);
            Assert.Equal(File.ReadAllBytes(copy), File.ReadAllBytes(service.Program[$"{Dossier}/{name}/{name}.pdf"]));
            Assert.Equal(tools.Words(archived), tools.Words(copy));
            Assert.Equal("", tools.Check(copy));
            PdfAAssert.Conforms(copy);
            Assert.InRange(Difference(archived, copy), 0, 0.03);
            using var json = JsonDocument.Parse(File.ReadAllText(Path("results", name + ".json")));
            var said = Assert.Single(json.RootElement.GetProperty("copies").EnumerateArray());
            Assert.Equal(("delivery", name + ".delivery.pdf", new FileInfo(copy).Length), (said.GetProperty("purpose").GetString(), said.GetProperty("file").GetString(), said.GetProperty("bytes").GetInt64()));
            Assert.All(said.GetProperty("pages").EnumerateArray(), smaller => Assert.InRange(smaller.GetProperty("dpi").GetDouble(), 199, 301));
            Assert.Contains("PDF-TUNED", json.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        }

        Assert.False(File.Exists(Path("results", "nho.delivery.pdf")));
        Assert.Equal(File.ReadAllBytes(Path("results", "nho.pdf")), File.ReadAllBytes(service.Program[$"{Dossier}/nho/nho.pdf"]));
        var verified = await service.Program.RunAsync("verify", "--state", "state");
        Assert.True(verified.Code == 0, verified.ToString());
    }

    [Fact]
    public async Task What_cannot_be_made_to_fit_waits_for_a_person()
    {
        var draft = new PdfDraft();
        var field = draft.Builder.Add($"<< /FT /Sig /T (Ky so) /V {SignedPdf.Value} >>");
        var signed = SignedPdf.Seal(draft.Text("Quyết định").Scan(new ScanPage("/Width 2339 /Height 1653 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", Sample("quet-ngang.jpg"))).ToArray($"/AcroForm << /SigFlags 3 /Fields [{field} 0 R] >>"));
        service.Configure([], new { MaxPageBytes = 50_000, MaxFileBytes = 100_000 });
        using var running = await service.StartAsync();
        service.Drop($"{ServiceUnderTest.Code}/ky-so.pdf", signed);
        service.Drop($"{ServiceUnderTest.Code}/nhieu-trang.tif", Sample("to-khai.tif"));
        await ServiceUnderTest.UntilAsync(() => File.Exists(Path("results", "ky-so.json")) && File.Exists(Path("results", "nhieu-trang.json")));

        foreach (var name in (string[])["ky-so", "nhieu-trang"])
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path("results", name + ".json")));
            Assert.Equal("needs-review", json.RootElement.GetProperty("state").GetString());
            Assert.Equal(["PdfTooLarge"], json.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
            Assert.Empty(json.RootElement.GetProperty("copies").EnumerateArray());
            Assert.Contains("PDF-FILE-SIZE", json.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
            Assert.False(Directory.Exists(service.Program[$"{Dossier}/{name}"]));
        }

        Assert.Equal(signed, File.ReadAllBytes(Path("results", "ky-so.pdf")));
    }

    private string Path(string folder, string name) => service.Program[$"{folder}/quay/{ServiceUnderTest.Code}/{name}"];

    private static byte[] Sample(string name) => File.ReadAllBytes(System.IO.Path.Combine(Samples.Folder, name));

    /// <summary>Mean difference of the first pages as they are shown, 0–1.</summary>
    private double Difference(string before, string after)
    {
        var (a, b) = (tools.Render(before, 1, 60), tools.Render(after, 1, 60));
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Rgb.Zip(b.Rgb, (p, q) => Math.Abs(p - q) / 255.0).Average();
    }
}
