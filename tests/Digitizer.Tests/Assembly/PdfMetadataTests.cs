using Digitizer.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

public sealed class PdfMetadataTests : IDisposable
{
    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Fact]
    public void Readers_see_title_tool_author_and_the_sources_date()
    {
        var info = tools.Info(Write(TestPages.Metadata with
        {
            Title = "Giấy tiếp nhận <hồ sơ> & hẹn trả\nkết quả 😀",
            Author = "UBND xã Đông Hòa",
            Date = new DateTimeOffset(2024, 9, 17, 8, 5, 9, TimeSpan.FromHours(7)),
        }));
        Assert.Equal("Giấy tiếp nhận <hồ sơ> & hẹn trả kết quả 😀", info["Title"]);
        Assert.Equal("Digitizer 0.1.0", info["Creator"]);
        Assert.Equal("Digitizer 0.1.0", info["Producer"]);
        Assert.Equal("UBND xã Đông Hòa", info["Author"]);
        Assert.Equal("2024-09-17T08:05:09+07", info["CreationDate"]);
        Assert.Equal("no", info["JavaScript"]);
        Assert.Equal("no", info["Encrypted"]);
    }

    [Fact]
    public void Without_a_date_of_the_source_there_is_none()
        => Assert.DoesNotContain("CreationDate", tools.Info(Write(TestPages.Metadata)).Keys);

    [Fact]
    public void The_XMP_packet_says_the_standard_the_languages_and_the_dossier_code()
    {
        var packet = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(XmpPacket.Create(
            TestPages.Metadata with { DossierCode = "H29.11.28-240917-0007" })).TrimStart('\uFEFF'));
        string ValueOf(string name) => packet.Descendants().Single(e => e.Name.LocalName == name).Value;
        Assert.Equal("2", ValueOf("part"));
        Assert.Equal("U", ValueOf("conformance"));
        Assert.Equal("vi-VN", ValueOf("language"));
        Assert.Equal("H29.11.28-240917-0007", packet.Descendants(System.Xml.Linq.XName.Get("code", XmpPacket.DossierNamespace)).Single().Value);
        Assert.Equal(
            ["x-default", "vi"],
            packet.Descendants().Single(e => e.Name.LocalName == "title").Descendants()
                .Select(e => e.Attribute(System.Xml.Linq.XNamespace.Xml + "lang")?.Value).OfType<string>());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0001, "0")]
    [InlineData(1e-7, "0")]
    [InlineData(12345678.5, "12345678.5")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.1234567, "0.123")]
    public void Numbers_have_no_exponent_and_no_comma(double value, string expected)
        => Assert.Equal(expected, Digitizer.Pages.Pdf.PdfSyntax.Number(value));

    private string Write(PdfMetadata metadata) => TestPages.Write(tools, [TestPages.Blank(100, 100, 72)], metadata);
}
