using Digitizer.Assembly;
using Digitizer.Failures;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

public sealed class PdfAssemblerTests : IDisposable
{
    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Fact]
    public void A_document_with_every_kind_of_page_has_no_fault_that_qpdf_knows()
    {
        Assert.Equal("", tools.Check(TestPages.Write(tools, TestPages.Everything(tools))));
    }

    [Fact]
    public void The_same_document_as_PDF_A_1b_passes_Preflight()
    {
        var metadata = TestPages.Metadata with
        {
            Conformance = PdfConformance.PdfA1b,
            Author = "UBND xã Đông Hòa",
            DossierCode = "H29.11.28-240917-0007",
            Date = new DateTimeOffset(2024, 9, 17, 8, 5, 9, TimeSpan.FromHours(7)),
        };
        Assert.Equal("", tools.Preflight(TestPages.Write(tools, TestPages.Everything(tools), metadata)));
    }

    [Theory]
    [InlineData("A & B <c> \"d\" 'e' ]]> \\ ( % #")]
    [InlineData("hai\ndòng\tvà\r\nnữa")]
    [InlineData("con dấu 🟥 𠀋")]
    [InlineData("điều khiển \u0001 \uD800 \uFFFE")]
    [InlineData("Ma\u0303 ho\u0302\u0300 sơ")]
    public void Any_title_and_code_passes_Preflight(string text)
    {
        var metadata = TestPages.Metadata with { Title = text, DossierCode = text, Conformance = PdfConformance.PdfA1b };
        Assert.Equal("", tools.Preflight(TestPages.Write(tools, [TestPages.Blank(100, 100, 72)], metadata)));
    }

    [Fact]
    public void Preflight_refuses_a_file_that_breaks_a_rule()
    {
        var pdf = TestPages.Write(tools, TestPages.Everything(tools), TestPages.Metadata with { Conformance = PdfConformance.PdfA1b });
        var text = File.ReadAllText(pdf, System.Text.Encoding.Latin1);
        File.WriteAllText(pdf, text.Replace("/S /GTS_PDFA1", "/S /GTS_PDFX1", StringComparison.Ordinal), System.Text.Encoding.Latin1);
        Assert.Contains("not a valid PDF/A-1b file", tools.Preflight(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pages_give_the_same_bytes_and_another_title_gives_another_id()
    {
        var first = File.ReadAllBytes(TestPages.Write(tools, TestPages.Everything(tools), name: "1.pdf"));
        var second = File.ReadAllBytes(TestPages.Write(tools, TestPages.Everything(tools), name: "2.pdf"));
        var other = File.ReadAllBytes(TestPages.Write(tools, TestPages.Everything(tools), TestPages.Metadata with { Title = "Khác" }, "3.pdf"));
        Assert.Equal(first, second);
        Assert.NotEqual(IdOf(first), IdOf(other));
    }

    [Fact]
    public void A_picture_that_changed_since_it_was_read_stops_the_file()
    {
        var page = TestPages.Page(tools, TestPictures.ColorJpeg, TestPages.Upright());
        File.AppendAllText(page.ImageFile!, "more");
        var failure = Assert.Throws<DigitizerException>(() => TestPages.Write(tools, [page]));
        Assert.Equal(FailureKind.Internal, failure.Kind);
    }

    [Fact]
    public void A_picture_that_is_gone_is_said_so()
    {
        var page = TestPages.Page(tools, TestPictures.ColorJpeg, TestPages.Upright());
        File.Delete(page.ImageFile!);
        var failure = Assert.Throws<DigitizerException>(() => TestPages.Write(tools, [page]));
        Assert.Equal(FailureKind.FileUnreadable, failure.Kind);
    }

    [Fact]
    public void A_full_disk_is_told_from_a_bad_picture()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var failure = Assert.Throws<DigitizerException>(
            () => PdfAssembler.Write([TestPages.Blank(100, 100, 72)], TestPages.Metadata, full, CancellationToken.None));
        Assert.Equal(FailureKind.OutputNotWritable, failure.Kind);
    }

    [Fact]
    public void Writing_stops_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => PdfAssembler.Write([TestPages.Blank(100, 100, 72)], TestPages.Metadata, Stream.Null, cancelled.Token));
    }

    private static string IdOf(byte[] pdf)
    {
        var text = System.Text.Encoding.Latin1.GetString(pdf);
        return text[text.LastIndexOf("/ID", StringComparison.Ordinal)..text.LastIndexOf("startxref", StringComparison.Ordinal)];
    }
}
