using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

public sealed class PageWarningsTests
{
    private static readonly PageSplitter Splitter = new(PageLimits.Default);

    private static readonly PageQuality Good = new()
    {
        XHeight = 18, StrokeWidth = 4, Ink = 0.05, Background = 245, BackgroundSpread = 3, Contrast = 205, Noise = 0.3,
    };

    [Fact]
    public void A_good_scan_warns_of_nothing()
        => Assert.Empty(Of(Good, 200));

    [Fact]
    public void Every_measure_beyond_its_limit_is_warned_of_and_at_it_is_not()
    {
        Assert.Equal([PageWarning.LowResolution], Of(Good, 194));
        Assert.Equal([PageWarning.WrongTag], Of(Good, 400));
        Assert.Equal([PageWarning.SmallLetters], Of(Good with { XHeight = 11.9 }, 200));
        Assert.Equal([PageWarning.Skewed], Of(Good with { Skew = -3 }, 200));
        Assert.Equal([PageWarning.BleedThrough], Of(Good with { BleedThrough = 40 }, 200));
        Assert.Equal([PageWarning.Uneven], Of(Good with { BackgroundSpread = 41 }, 200));
        Assert.Equal([PageWarning.Dark], Of(Good with { Background = 119, Contrast = 100 }, 200));
        Assert.Equal([PageWarning.Faint], Of(Good with { Contrast = 97 }, 200));
        Assert.Equal([PageWarning.Dirty], Of(Good with { Specks = 0.51 }, 200));
        Assert.Empty(Of(Good with { XHeight = 12, Skew = 2.9, BackgroundSpread = 40, Contrast = 99, Specks = 0.5 }, 200));
    }

    [Fact]
    public void A_blank_page_is_warned_of_for_its_picture_only()
        => Assert.Equal(
            [PageWarning.LowResolution, PageWarning.WrongTag, PageWarning.Damaged],
            Of(Good with { Contrast = 20, BleedThrough = 60, Background = 80, Specks = 3 }, 100, isBlank: true, isDamaged: true));

    [Fact]
    public void What_is_no_print_is_not_called_faint_dirty_or_small()
    {
        var grain = Good with { XHeight = 5, StrokeWidth = 1, Contrast = 30, Specks = 2 };
        Assert.Empty(Of(grain, 200));
        Assert.Empty(Of(grain with { XHeight = 11, StrokeWidth = 5 }, 200));
    }

    [Theory]
    [InlineData(1, 0, new string[0])]
    [InlineData(0.4, 0, new[] { PageWarning.Dark })]
    [InlineData(1, 0.4, new[] { PageWarning.Uneven })]
    public void Light_is_measured_apart_from_the_strength_of_the_print(double light, double falls, string[] warnings)
    {
        using var good = Splitter.Decode(File.ReadAllBytes(Fixture.Path("formats/gray8.png")), 0);
        var (width, height) = (good.Pixels.Width, good.Pixels.Height);
        var pixels = good.Pixels.ToBytes();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(pixels[i] * light * (1 - (falls * (i % width) / width)));
        }

        using var lit = DecodedPage.Lossless(Pix.FromGray(pixels, width, height), 1, TaggedResolution.Square(200));
        using var page = new WorkingPage(lit, lit.Pixels.ToGray(), Affine.Identity);
        new FlattenPaper().Apply(page);

        Assert.InRange(page.Quality.Contrast / page.Quality.Background, 0.75, 1);
        Assert.Equal(warnings, PageWarnings.Of(page.Quality with { XHeight = 16 }, 200, isBlank: false, lit));
    }

    private static IReadOnlyList<string> Of(PageQuality quality, double dpi, bool isBlank = false, bool isDamaged = false)
    {
        var pix = Pix.White(8, 8);
        var (image, bytes) = ImageCodes.Lossless(pix);
        using var page = new DecodedPage(pix, image, bytes, 1, TaggedResolution.Square(200), isDamaged);
        return PageWarnings.Of(quality, dpi, isBlank, page);
    }
}
