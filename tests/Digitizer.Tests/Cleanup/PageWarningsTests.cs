using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Tests.Cleanup;

public sealed class PageWarningsTests
{
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

    private static IReadOnlyList<string> Of(PageQuality quality, double dpi, bool isBlank = false, bool isDamaged = false)
    {
        var pix = Pix.White(8, 8);
        var (image, bytes) = ImageCodes.Lossless(pix);
        using var page = new DecodedPage(pix, image, bytes, 1, TaggedResolution.Square(200), isDamaged);
        return PageWarnings.Of(quality, dpi, isBlank, page);
    }
}
