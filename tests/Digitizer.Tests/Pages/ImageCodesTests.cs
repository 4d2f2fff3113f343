using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages;

public sealed class ImageCodesTests
{
    [Theory]
    [InlineData("formats/g4.tif", 0.76)]
    [InlineData("formats/g3.tif", 0.76)]
    [InlineData("formats/bit1.png", 0.76)]
    [InlineData("degraded/pages/06-photocopy.tif", 0.82)]
    public void A_bitonal_page_is_kept_as_JBIG2_and_is_this_part_of_its_G4_at_most(string name, double part)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        using var page = splitter.Decode(File.ReadAllBytes(Fixture.Path(name)), 0);

        Assert.Equal((ImageEncoding.Jbig2, ImageColor.Bitonal), (page.Image.Encoding, page.Image.Color));
        Assert.Equal(page.ImageBytes!.Length, page.Image.Bytes);
        Assert.InRange((double)page.ImageBytes.Length / ImageCodes.G4(page.Pixels).Strip.Length, 0, part);
    }

    [Fact]
    public void A_picture_that_G4_makes_smaller_stays_G4()
    {
        using var pix = BitPicture.Draw(20, 20, (x, y) => x == y).ToPix();

        Assert.Equal(ImageEncoding.CcittG4, ImageCodes.Lossless(pix).Image.Encoding);
    }
}
