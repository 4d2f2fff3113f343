using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Tests.PageWorkers;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>The pictures of scanned PDFs, decoded and read; in the test's own process, as the files are ours.</summary>
public sealed class PdfPicturesTests(PageReaderFixture fixture) : IClassFixture<PageReaderFixture>
{
    private static readonly string Truth = Plain(File.ReadAllText(Fixture.Path("truth/formats.txt")));

    private static readonly string[] Mixed = ["gray JPEG", "G4", "grey samples"];

    public static TheoryData<string> Codings => [.. ScanPictures.All.Keys];

    [Theory]
    [MemberData(nameof(Codings))]
    public void Every_coding_gives_the_same_text(string coding)
    {
        var (result, _) = Read(ScanPdf.Of(ScanPictures.All[coding]));

        Assert.Equal(Truth, TextOf(result));
        Assert.Equal(200, result.Geometry.Dpi, 0.5);
        Assert.DoesNotContain("IMAGE-DAMAGED", result.Warnings);
    }

    [Theory]
    [InlineData("gray JPEG")]
    [InlineData("colour JPEG")]
    public void The_scanners_own_bytes_go_on(string coding)
    {
        var page = ScanPictures.All[coding];
        var (result, image) = Read(ScanPdf.Of(page));

        Assert.Equal(page.Data, image);
        Assert.False(result.Image.IsSourceFile);
    }

    [Theory]
    [InlineData("JPEG behind Flate")]
    [InlineData("JPEG behind ASCII85")]
    [InlineData("JPEG behind ASCIIHex")]
    public void A_packed_jpeg_goes_on_unpacked(string coding)
        => Assert.Equal(ScanPictures.Jpeg().Data, Read(ScanPdf.Of(ScanPictures.All[coding])).Image);

    [Theory]
    [InlineData(0, "q 324 0 0 180 0 0 cm /Im0 Do Q", "exif-1.jpg")]
    [InlineData(90, "q 0 180 -324 0 324 0 cm /Im0 Do Q", "exif-1.jpg")]
    [InlineData(180, "q 324 0 0 180 0 0 cm /Im0 Do Q", "exif-3.jpg")]
    [InlineData(0, "q -324 0 0 180 324 0 cm /Im0 Do Q", "exif-2.jpg")]
    [InlineData(0, "q 324 0 0 -180 0 180 cm /Im0 Do Q", "exif-4.jpg")]
    [InlineData(-180, "q -324 0 0 -180 324 180 cm /Im0 Do Q", "exif-1.jpg")]
    public void The_page_is_shown_as_the_pdf_turns_it(int rotate, string content, string name)
    {
        // The quarter turn of the second case lies across: its page is 324 wide as shown after /Rotate.
        var page = ScanPictures.Jpeg(name) with { Content = content, Entries = FormattableString.Invariant($"/MediaBox [0 0 324 180] /Rotate {rotate}") };
        page = rotate == 90 ? page with { Entries = "/MediaBox [0 0 180 324] /Rotate 90", Content = "q 0 324 -180 0 180 0 cm /Im0 Do Q" } : page;
        var (result, _) = Read(ScanPdf.Of(page));

        Assert.Equal(Truth, TextOf(result));
        Assert.True(result.Steps.Single(step => step.Step == "orientation-tag").Detail == Tag(name), result.Steps[1].Detail);
    }

    [Theory]
    [InlineData("exif-6.jpg", 90)]
    [InlineData("exif-8.jpg", 270)]
    public void A_quarter_turn_of_the_page_is_followed(string name, int rotate)
    {
        var page = ScanPictures.Jpeg(name) with
        {
            Picture = "/Width 500 /Height 900 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
            Width = 180,
            Height = 324,
            Entries = FormattableString.Invariant($"/MediaBox [0 0 180 324] /Rotate {rotate}"),
        };
        var (result, _) = Read(ScanPdf.Of(page));

        Assert.Equal(Truth, TextOf(result));
        Assert.Equal(rotate, result.Geometry.Orientation);
    }

    [Fact]
    public void User_unit_and_page_box_tell_the_resolution()
    {
        var page = ScanPictures.Jpeg() with { Width = 162, Height = 90, Entries = "/MediaBox [0 0 162 90] /UserUnit 2" };

        Assert.Equal(200, Read(ScanPdf.Of(page)).Result.Geometry.Dpi, 0.5);
    }

    [Fact]
    public void A_fax_that_ends_too_early_is_shown_and_flagged()
    {
        var page = ScanPictures.All["G4"];
        var (result, image) = Read(ScanPdf.Of(page with { Data = page.Data[..(page.Data.Length / 2)] }));

        Assert.Contains("IMAGE-DAMAGED", result.Warnings);
        Assert.Equal(page.Data.Length / 2, image!.Length);
    }

    [Fact]
    public void Every_page_keeps_its_own_picture()
    {
        var pages = Mixed.Select(name => ScanPictures.All[name]).ToArray();
        var file = ScanPdf.Of(pages);
        var frames = fixture.Reader.Inspect(file).Frames;

        Assert.Equal([0, 1, 2], frames.Select(f => f.Index));
        Assert.Equal(
            [ImageEncoding.Jpeg, ImageEncoding.Jbig2, ImageEncoding.Flate],
            frames.Select(frame => fixture.Reader.Read(file, frame.Index).Result.Image.Encoding));
    }

    private static string Tag(string name) => name["exif-".Length..^".jpg".Length];

    private static string TextOf(PageResult result)
        => Plain(string.Join(' ', result.Text.Lines.SelectMany(line => line.Words).Select(word => word.Text)));

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private (PageResult Result, byte[]? Image) Read(byte[] pdf)
    {
        var (result, image, _) = fixture.Reader.Read(pdf, 0);
        return (result, image);
    }
}
