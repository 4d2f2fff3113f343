using Digitizer.Assembly;
using Digitizer.Tests.PageWorkers;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

/// <summary>A scanned PDF goes in, ours comes out: another reader must see the same page in both.</summary>
public sealed class ScannedPdfTests(PageReaderFixture fixture) : IClassFixture<PageReaderFixture>, IDisposable
{
    private const double Dpi = 100;
    private readonly PdfTools tools = new();

    public static TheoryData<string> Codings => [.. ScanPictures.All.Keys];

    public void Dispose() => tools.Dispose();

    [Theory]
    [MemberData(nameof(Codings))]
    public void Another_reader_sees_the_same_page_before_and_after(string coding)
    {
        var source = ScanPdf.Of(ScanPictures.All[coding]);
        var before = tools.PathOf("before.pdf");
        File.WriteAllBytes(before, source);
        var expected = tools.Render(before, 1, Dpi);
        var actual = tools.Render(Digitize(source), 1, Dpi);

        // Renderers round the edge of a page either way.
        Assert.InRange(actual.Width, expected.Width - 1, expected.Width + 1);
        Assert.InRange(actual.Height, expected.Height - 1, expected.Height + 1);
        Assert.InRange(Difference(expected, actual), 0, 12);
    }

    [Fact]
    public void Another_reader_finds_the_scanners_bytes()
    {
        var picture = ScanPictures.All["gray JPEG"];
        var image = tools.Images(Digitize(ScanPdf.Of(picture))).Single(name => name.EndsWith(".jpg", StringComparison.Ordinal));

        Assert.Equal(picture.Data, File.ReadAllBytes(image));
    }

    [Theory]
    [InlineData("G4")]
    [InlineData("G4, black and white exchanged by BlackIs1 and Decode")]
    [InlineData("G4 with a palette")]
    [InlineData("G4 stencil")]
    [InlineData("G3 in two dimensions")]
    [InlineData("G3 in padded rows without marks")]
    public void A_fax_becomes_smaller_and_another_reader_finds_the_same_pixels(string coding)
    {
        var source = tools.PathOf("before.pdf");
        File.WriteAllBytes(source, ScanPdf.Of(ScanPictures.All["G4"]));
        var written = Digitize(ScanPdf.Of(ScanPictures.All[coding]));
        BitPicture Picture(string pdf) => BitPicture.OfPbm(File.ReadAllBytes(tools.Bitmaps(pdf).Single()));

        Picture(source).AssertSame(Picture(written), coding);
        var stored = tools.Images(written).Single(name => name.EndsWith(".jb2e", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(stored).Length, 1, ScanPictures.All[coding].Data.Length - 1);
    }

    [Fact]
    public void A_document_of_ours_can_be_read_again_with_the_same_pictures()
    {
        var first = File.ReadAllBytes(Digitize(ScanPdf.Of(ScanPictures.All["gray JPEG"])));
        var (result, image, _) = fixture.Reader.Read(first, 0);

        Assert.Equal(ScanPictures.All["gray JPEG"].Data, image);
        Assert.NotEmpty(result.Text.Lines);
    }

    private string Digitize(byte[] source)
    {
        var (result, image, _) = fixture.Reader.Read(source, 0);
        var picture = tools.PathOf("picture");
        File.WriteAllBytes(picture, image!);
        var pdf = TestPages.Write(tools, [new ShownPage(result.Image, picture, result.Geometry, result.Text.Lines)]);
        Assert.Equal("", tools.Check(pdf));
        return pdf;
    }

    /// <summary>Mean difference of a sample, 0–255; the page against its negative has more than 200.</summary>
    private static double Difference(PdfRendering a, PdfRendering b)
    {
        var (sum, count) = (0L, 0);
        for (var y = 0; y < Math.Min(a.Height, b.Height); y++)
        {
            for (var x = 0; x < Math.Min(a.Width, b.Width); x++)
            {
                var (p, q) = (a.At(x, y), b.At(x, y));
                sum += Math.Abs(p.R - q.R) + Math.Abs(p.G - q.G) + Math.Abs(p.B - q.B);
                count += 3;
            }
        }

        return (double)sum / count;
    }
}
