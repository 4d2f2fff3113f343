using Digitizer.Assembly;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Conformance;

/// <summary>What the product writes conforms; what Preflight refuses for reasons that both parts share is refused here too.</summary>
public sealed class OwnConformanceTests : IDisposable
{
    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Fact]
    public void Every_kind_of_page_with_every_kind_of_metadata_conforms()
        => PdfAAssert.Conforms(TestPages.Write(tools, TestPages.Everything(tools), TestPages.Metadata with
        {
            Author = "UBND xã Đông Hòa",
            DossierCode = "H29.11.28-240917-0007",
            Date = new DateTimeOffset(2024, 9, 17, 8, 5, 9, TimeSpan.FromHours(7)),
        }));

    [Fact]
    public void The_twin_of_part_1_is_only_found_to_be_of_part_1()
    {
        var twin = TestPages.Write(tools, TestPages.Everything(tools), TestPages.Metadata with { Conformance = PdfConformance.PdfA1b });
        Assert.Equal(["6.6.4"], ConformingPdf.Clauses(File.ReadAllBytes(twin)));
    }

    [Theory]
    [InlineData("/GTS_PDFA1", "/GTS_PDFX1", "6.2.4.3")]
    [InlineData("/ID [<", "/IX [<", "6.1.3")]
    [InlineData("/Metadata ", "/Metadate ", "6.6.2.1")]
    [InlineData("<pdfaid:part>", "<pdfaid:pert>", "6.6.4")]
    [InlineData("/Lang (vi-VN)", "/AA << >>    ", "6.5.2")]
    [InlineData("obj\n<< /Type /Catalog", "obj << /Type /Catalog", "6.1.9")]
    public void What_Preflight_refuses_is_found(string right, string wrong, string clause)
    {
        var page = TestPages.Blank(200, 200, 72, TestPages.Line(10, 22, ("Nguyễn", 5, 40)));
        var twin = TestPages.Write(tools, [page], TestPages.Metadata with { Conformance = PdfConformance.PdfA1b });
        var text = File.ReadAllText(twin, System.Text.Encoding.Latin1);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(twin, text.Replace(right, wrong, StringComparison.Ordinal), System.Text.Encoding.Latin1);
        Assert.NotEqual("", tools.Preflight(twin));
        Assert.Contains(clause, ConformingPdf.Clauses(File.ReadAllBytes(twin)));
    }
}
