using Digitizer.Assembly;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

public sealed class PdfPictureTests : IDisposable
{
    private readonly PdfTools tools = new();

    public static TheoryData<int> Pictures => [.. Enumerable.Range(0, TestPictures.All.Count)];

    public static TheoryData<int, bool, double> Turns()
    {
        var data = new TheoryData<int, bool, double>();
        foreach (var orientation in (int[])[0, 90, 180, 270])
        {
            data.Add(orientation, false, 0);
            data.Add(orientation, true, 0);
            data.Add(orientation, false, 3);
            data.Add(orientation, true, -3);
        }

        return data;
    }

    public void Dispose() => tools.Dispose();

    [Fact]
    public void The_scanners_JPEG_comes_out_byte_for_byte()
    {
        var pdf = TestPages.Write(tools, [Page(TestPictures.ColorJpeg), Page(TestPictures.GrayJpeg)]);
        var images = tools.Images(pdf);
        Assert.Equal(TestPictures.ColorJpeg.Bytes, File.ReadAllBytes(images[0]));
        Assert.Equal(TestPictures.GrayJpeg.Bytes, File.ReadAllBytes(images[1]));
    }

    [Fact]
    public void A_G4_strip_comes_out_byte_for_byte()
    {
        var image = tools.Images(TestPages.Write(tools, [Page(TestPictures.G4)])).Single(f => f.EndsWith(".ccitt", StringComparison.Ordinal));
        Assert.Equal(TestPictures.G4.Bytes, File.ReadAllBytes(image));
    }

    [Fact]
    public void A_JBIG2_picture_comes_out_byte_for_byte()
    {
        var image = tools.Images(TestPages.Write(tools, [Page(TestPictures.Jbig2)])).Single(f => f.EndsWith(".jb2e", StringComparison.Ordinal));
        Assert.Equal(TestPictures.Jbig2.Bytes, File.ReadAllBytes(image));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Every_coding_shows_the_same_scene(int index)
    {
        var picture = TestPictures.All[index];
        var shown = tools.Render(TestPages.Write(tools, [Page(picture)]), 1, 72);
        Assert.Equal((TestPictures.Width, TestPictures.Height), (shown.Width, shown.Height));
        AssertColor((0, 0, 0), shown.At(16, 16));
        AssertColor((255, 255, 255), shown.At(48, 48));
        AssertColor(picture.Image.Color switch
        {
            ImageColor.Rgb => (255, 0, 0),
            ImageColor.Gray => (76, 76, 76),
            _ => (255, 255, 255),
        }, shown.At(80, 16));
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_turned_or_mirrored_page_shows_each_stored_pixel_where_its_matrix_says(int orientation, bool mirrored, double skew)
    {
        const double dpi = 200;
        var geometry = TestPages.Turned(orientation, mirrored, skew, dpi);
        var shown = tools.Render(TestPages.Write(tools, [TestPages.Page(tools, TestPictures.ColorFlate, geometry)]), 1, dpi);
        Assert.InRange(shown.Width, geometry.ShownWidth - 1, geometry.ShownWidth + 1);
        Assert.InRange(shown.Height, geometry.ShownHeight - 1, geometry.ShownHeight + 1);
        foreach (var (x, y, color) in ((double, double, (byte, byte, byte))[])
            [(6, 6, (0, 0, 0)), (27, 27, (0, 0, 0)), (36, 16, (255, 255, 255)), (69, 27, (255, 0, 0)), (90, 6, (255, 0, 0)), (80, 38, (255, 255, 255))])
        {
            var point = geometry.Matrix.Apply(new PagePoint(x, y));
            AssertColor(color, shown.At((int)point.X, (int)point.Y));
        }
    }

    [Fact]
    public void The_page_is_as_large_as_the_paper_was()
    {
        var frame = new PageFrame(TestPages.Blank(2480, 3508, 300).Geometry);
        Assert.Equal(595.2, frame.Width, 3);
        Assert.Equal(841.92, frame.Height, 3);
    }

    [Theory]
    [InlineData(4, 4, 300)]
    [InlineData(32000, 4, 30)]
    [InlineData(60000, 60000, 72)]
    public void A_page_of_impossible_size_is_brought_within_the_limits_of_the_format(double width, double height, double dpi)
    {
        var frame = new PageFrame(TestPages.Blank(width, height, dpi).Geometry);
        Assert.InRange(frame.Width, 3, 14400);
        Assert.InRange(frame.Height, 3, 14400);
    }

    [Fact]
    public void A_page_without_picture_is_crossed_out()
    {
        var shown = tools.Render(TestPages.Write(tools, [TestPages.Blank(100, 200, 72)]), 1, 72);
        Assert.Equal((100, 200), (shown.Width, shown.Height));
        AssertColor((204, 0, 0), shown.At(50, 100));
        AssertColor((255, 255, 255), shown.At(50, 20));
    }

    private ShownPage Page(TestPicture picture) => TestPages.Page(tools, picture, TestPages.Upright());

    private static void AssertColor((byte R, byte G, byte B) expected, (byte R, byte G, byte B) actual)
    {
        var isNear = Math.Abs(expected.R - actual.R) < 40 && Math.Abs(expected.G - actual.G) < 40 && Math.Abs(expected.B - actual.B) < 40;
        Assert.True(isNear, $"expected {expected}, found {actual}");
    }
}
