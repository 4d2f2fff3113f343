using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Smaller;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Smaller;

/// <summary>Pages that are made to fit into a number of bytes.</summary>
public sealed class PageLadderTests
{
    [Theory]
    [InlineData("13-600dpi", 600)]
    [InlineData("09-guilloche", 200)]
    public void A_page_gets_as_small_as_it_must_and_no_smaller_than_it_may(string name, double dpi)
    {
        using var page = Page($"degraded/pages/{name}.jpg");
        var finest = PageLadder.Fit(page, dpi, long.MaxValue);
        var coarsest = PageLadder.Fit(page, dpi, 1);

        Assert.Equal(new Rung(Math.Min(300, dpi), 92), finest.Rung);
        Assert.Equal(new Rung(PageLadder.LeastDpi, PageLadder.LeastQuality), coarsest.Rung);
        foreach (var part in (double[])[0.1, 0.35, 0.7])
        {
            var most = coarsest.Bytes.Length + (long)(part * (finest.Bytes.Length - coarsest.Bytes.Length));
            var fitting = PageLadder.Fit(page, dpi, most);
            Assert.InRange(fitting.Bytes.Length, coarsest.Bytes.Length, most);
            Assert.InRange(fitting.Bytes.Length, 0.7 * most, most);
            AssertIs(fitting, page, dpi);
        }
    }

    [Fact]
    public void A_bitonal_page_stays_bitonal_and_without_loss()
    {
        using var fax = Page("degraded/pages/06-photocopy.tif");
        using var page = fax.Scale(2, 2);
        var (finest, coarsest) = (PageLadder.Fit(page, 600, long.MaxValue), PageLadder.Fit(page, 600, 1));

        Assert.Equal(new Rung(300, null), finest.Rung);
        Assert.Equal(new Rung(PageLadder.LeastDpi, null), coarsest.Rung);
        Assert.Equal(ImageColor.Bitonal, coarsest.Image.Color);
        Assert.InRange(coarsest.Bytes.Length, 1, finest.Bytes.Length - 1);
        Assert.Equal(Math.Round(page.Width / 3.0), coarsest.Image.Width, 1.0);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    public void Lines_of_one_pixel_stay_wherever_they_lie(double dpi)
    {
        // A line every 37 pixels: they meet the new pixels at every phase.
        const int Gap = 37;
        const int Lines = 40;
        var side = Gap * Lines;
        using var page = BitPicture.Draw(side, side, (x, y) => x % Gap == Gap / 2 || y % Gap == Gap / 2).ToPix();

        using var decoder = new Jbig2Dec();
        var coarsest = PageLadder.Fit(page, dpi, 1);
        Assert.Equal(ImageEncoding.Jbig2, coarsest.Image.Encoding);
        var shown = decoder.Decode(coarsest.Bytes);
        var between = (int)(Gap * PageLadder.LeastDpi / dpi / 8);
        Assert.Equal(Lines, Enumerable.Range(1, shown.Width - 1).Count(x => IsBlack(shown, x, between) && !IsBlack(shown, x - 1, between)));
        Assert.Equal(Lines, Enumerable.Range(1, shown.Height - 1).Count(y => IsBlack(shown, between, y) && !IsBlack(shown, between, y - 1)));
    }

    private static bool IsBlack(BitPicture picture, int x, int y) => (picture.Rows[(y * ((picture.Width + 7) / 8)) + (x / 8)] & (0x80 >> (x % 8))) != 0;

    [Fact]
    public void A_coarse_page_keeps_its_resolution_and_only_loses_quality()
    {
        using var page = Page("degraded/pages/01-clean.jpg");

        var smallest = PageLadder.Fit(page, 150, 1);

        Assert.Equal(new Rung(150, PageLadder.LeastQuality), smallest.Rung);
        Assert.Equal((page.Width, page.Height), (smallest.Image.Width, smallest.Image.Height));
    }

    private static void AssertIs(SmallerPage smaller, Pix page, double dpi)
    {
        using var shown = Pix.FromJpeg(smaller.Bytes, out _);
        Assert.Equal((smaller.Image.Width, smaller.Image.Height), (shown.Width, shown.Height));
        Assert.Equal(page.Width * Math.Min(1, smaller.Rung.Dpi / dpi), shown.Width, 1.0);
        using var whole = page.ToGray();
        using var gray = shown.ToGray();

        // The same picture: seen from afar, nothing differs.
        using var far = whole.Shrink(40.0 / page.Width, 20.0 / page.Height);
        using var seen = gray.Shrink(40.0 / shown.Width, 20.0 / shown.Height);
        var difference = far.ToBytes().Zip(seen.ToBytes(), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(difference, 0, 5);
    }

    private static Pix Page(string name)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        return splitter.Decode(File.ReadAllBytes(Fixture.Path(name)), 0).Pixels;
    }
}
