using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Compact;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Compact;

/// <summary>Coloured pages as paper and inks; what was painted is taken from another program's decoder.</summary>
public sealed class CompactSeparationTests : IDisposable
{
    private const int Width = 1200;
    private const int Height = 900;
    private const int Dpi = 300;

    private static readonly Rgb Black = new(30, 28, 32);
    private static readonly Rgb Red = new(215, 50, 60);
    private static readonly Rgb Blue = new(40, 60, 150);

    private readonly Jbig2Dec decoder = new();

    public void Dispose() => decoder.Dispose();

    [Fact]
    public void Three_inks_on_shaded_paper_become_three_stencils_and_leave_no_trace_on_the_paper()
    {
        using var pix = Drawn((x, y) => InkAt(x, y) ?? PaperAt(y));

        var page = Assert.IsType<CompactPage>(CompactSeparation.Separate(pix, Dpi).Page);

        Assert.Equal(3, page.Inks.Count);
        foreach (var ink in (Rgb[])[Black, Red, Blue])
        {
            var layer = page.Inks.MinBy(layer => Distance(layer.Colour, ink))!;
            Assert.InRange(Distance(layer.Colour, ink), 0, 6);
            BitPicture.Draw(2 * Width, 2 * Height, (x, y) => InkAt(x / 2, y / 2) == ink).AssertSame(Mask(layer), $"{ink}");
        }

        using var paper = Pix.FromJpeg(page.Background.Jpeg!, out _);
        var samples = paper.ToBytes();
        for (var at = 0; at < samples.Length; at += 3)
        {
            var expected = PaperAt(at / 3 / paper.Width * Height / paper.Height);
            Assert.InRange(Distance(new Rgb(samples[at], samples[at + 1], samples[at + 2]), expected), 0, 8);
        }
    }

    [Fact]
    public void Even_paper_is_one_colour_and_has_no_picture()
    {
        using var pix = Drawn((x, y) => InkAt(x, y) ?? new Rgb(250, 249, 240));

        var page = Assert.IsType<CompactPage>(CompactSeparation.Separate(pix, Dpi).Page);

        Assert.Null(page.Background.Jpeg);
        Assert.InRange(Distance(page.Background.Colour, new Rgb(250, 249, 240)), 0, 1);
    }

    [Fact]
    public void Blank_paper_has_no_inks()
    {
        using var pix = Drawn((_, _) => new Rgb(250, 249, 240));

        Assert.Empty(CompactSeparation.Separate(pix, Dpi).Page!.Inks);
    }

    [Fact]
    public void A_scan_with_a_red_seal_becomes_small_and_keeps_all_dark_pixels_and_a_red_ink()
    {
        using var pix = Page("degraded/pages/07-red-seal.jpg");
        var page = Assert.IsType<CompactPage>(CompactSeparation.Separate(pix, 200).Page);

        Assert.InRange(page.Bytes, 1, 25_000);
        Assert.Contains(page.Inks, ink => ink.Colour.R > ink.Colour.G + 60 && ink.Colour.R > ink.Colour.B + 60);
        var masks = page.Inks.Select(Mask).ToList();
        var samples = pix.ToBytes();
        var (dark, kept) = (0, 0);
        for (var at = 0; at < samples.Length / 3; at++)
        {
            if (samples[3 * at] < 110)
            {
                dark++;
                kept += masks.Exists(mask => IsSet(mask, at % pix.Width, at / pix.Width)) ? 1 : 0;
            }
        }

        Assert.InRange((double)kept / dark, 0.999, 1);
    }

    [Fact]
    public void No_pixel_lies_in_two_inks()
    {
        using var pix = Page("degraded/pages/07-red-seal.jpg");
        var masks = CompactSeparation.Separate(pix, 200).Page!.Inks.Select(Mask).ToList();

        Assert.True(masks.Count > 1);
        Assert.All(Enumerable.Range(0, masks[0].Rows.Length), i => Assert.Equal(masks.Sum(mask => mask.Rows[i]), masks.Aggregate(0, (all, mask) => all | mask.Rows[i])));
    }

    [Fact]
    public void The_same_page_gives_the_same_bytes()
    {
        using var pix = Page("degraded/pages/07-red-seal.jpg");
        var (first, second) = (CompactSeparation.Separate(pix, 200).Page!, CompactSeparation.Separate(pix, 200).Page!);

        Assert.Equal(first.Background.Jpeg, second.Background.Jpeg);
        Assert.Equal(first.Inks.Select(ink => ink.Mask.Sha256), second.Inks.Select(ink => ink.Mask.Sha256));
    }

    [Theory]
    [InlineData("degraded/pages/09-guilloche.jpg", 200)]
    [InlineData("degraded/pages/11-phone.jpg", 200)]
    public void A_page_whose_ink_cannot_be_parted_is_told_with_a_reason(string name, double dpi)
    {
        using var pix = Page(name);
        var outcome = CompactSeparation.Separate(pix, dpi);

        Assert.Null(outcome.Page);
        Assert.NotNull(outcome.NotFit);
    }

    [Fact]
    public void A_photograph_is_told()
    {
        using var pix = Drawn((x, y) =>
        {
            var shade = 128 + (60 * Math.Sin(x / 37.0) * Math.Cos(y / 23.0)) + (50 * Math.Sin((x + (2 * y)) / 11.0));
            return new Rgb((byte)shade, (byte)(shade * 0.8), (byte)(255 - shade));
        });

        Assert.NotNull(CompactSeparation.Separate(pix, Dpi).NotFit);
    }

    [Fact]
    public void Faint_print_is_told()
    {
        using var pix = Drawn((x, y) => InkAt(x, y) is null ? new Rgb(240, 240, 240) : new Rgb(185, 185, 185));

        Assert.Contains("faint", CompactSeparation.Separate(pix, Dpi).NotFit, StringComparison.Ordinal);
    }

    [Fact]
    public void Light_print_on_a_dark_ground_is_told_and_the_ground_alone_is_not()
    {
        using var print = Drawn((x, y) => y > 700 && IsSmallPrint(x, y) ? new Rgb(255, 255, 255) : GroundAt(x, y));
        using var ground = Drawn(GroundAt);

        Assert.Contains("lighter than its ground", CompactSeparation.Separate(print, Dpi).NotFit, StringComparison.Ordinal);
        Assert.Null(CompactSeparation.Separate(ground, Dpi).NotFit);
    }

    [Theory]
    [InlineData(-22)]
    [InlineData(-16)]
    [InlineData(22)]
    public void Marks_fainter_than_ink_on_a_page_of_strong_print_are_told(int levels)
    {
        using var pix = Drawn((x, y) => InkAt(x, y) ?? (y is > 700 and < 800 && x is > 100 and < 600 && IsSmallPrint(x, y) ? Shifted(new Rgb(225, 225, 225), levels) : new Rgb(225, 225, 225)));

        Assert.Contains("fainter than ink", CompactSeparation.Separate(pix, Dpi).NotFit, StringComparison.Ordinal);
    }

    [Fact]
    public void Grain_of_the_paper_is_no_mark()
    {
        using var pix = Drawn((x, y) => InkAt(x, y) ?? Shifted(PaperAt(y), ((x * 7919) ^ (y * 104729)) % 13 - 6));

        Assert.Null(CompactSeparation.Separate(pix, Dpi).NotFit);
    }

    [Fact]
    public void A_coarse_scan_is_told()
    {
        using var pix = Drawn((x, y) => InkAt(x, y) ?? new Rgb(250, 249, 240));

        Assert.Contains("resolution", CompactSeparation.Separate(pix, 100).NotFit, StringComparison.Ordinal);
    }

    /// <summary>Black bars as high and thin as letters, red rings and a blue line.</summary>
    private static Rgb? InkAt(int x, int y)
    {
        var (fromSeal, wave) = (double.Hypot(x - 850, y - 600), 450 + (60 * Math.Sin(x / 40.0)));
        return y is > 80 and < 330 && y % 60 < 30 && x is > 80 and < 1100 && x % 24 < 5 ? Black
            : fromSeal is (> 150 and < 158) or < 40 ? Red
            : x is > 100 and < 500 && Math.Abs(y - wave) < 4 ? Blue
            : null;
    }

    /// <summary>Strokes as wide, high and near as those of letters of 7 pt.</summary>
    private static bool IsSmallPrint(int x, int y) => y % 40 < 20 && (x % 16 < 3 || (y % 40 == 10 && x % 48 < 16));

    /// <summary>Print on light paper that slowly becomes dark; a sharp edge would be told.</summary>
    private static Rgb GroundAt(int x, int y) => y < 350 ? InkAt(x, y) ?? new Rgb(230, 230, 230) : Shifted(new Rgb(230, 230, 230), -Math.Min(150, (y - 350) / 2));

    private static Rgb Shifted(Rgb colour, int levels)
        => new((byte)Math.Clamp(colour.R + levels, 0, 255), (byte)Math.Clamp(colour.G + levels, 0, 255), (byte)Math.Clamp(colour.B + levels, 0, 255));

    private static Rgb PaperAt(int y) => new((byte)(252 - (y / 15)), (byte)(250 - (y / 15)), (byte)(238 - (y / 15)));

    private static Pix Drawn(Func<int, int, Rgb> colour)
    {
        var samples = new byte[3 * Width * Height];
        for (var at = 0; at < Width * Height; at++)
        {
            (samples[3 * at], samples[(3 * at) + 1], samples[(3 * at) + 2]) = colour(at % Width, at / Width) is var c ? (c.R, c.G, c.B) : default;
        }

        return Pix.FromRgb(samples, Width, Height);
    }

    private static Pix Page(string name)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        using var page = splitter.Decode(File.ReadAllBytes(Fixture.Path(name)), 0);
        return page.Pixels.Clone();
    }

    private static int Distance(Rgb a, Rgb b) => Math.Max(Math.Abs(a.R - b.R), Math.Max(Math.Abs(a.G - b.G), Math.Abs(a.B - b.B)));

    /// <summary>Whether any of a page pixel's four parts is set.</summary>
    private static bool IsSet(BitPicture mask, int x, int y)
    {
        var stride = (mask.Width + 7) / 8;
        return ((mask.Rows[(2 * y * stride) + (x / 4)] | mask.Rows[(((2 * y) + 1) * stride) + (x / 4)]) & (0xC0 >> (2 * (x % 4)))) != 0;
    }

    private BitPicture Mask(InkLayer layer)
    {
        Assert.Equal(ImageEncoding.Jbig2, layer.Mask.Encoding);
        Assert.Equal(layer.Coded.Length, layer.Mask.Bytes);
        return decoder.Decode(layer.Coded);
    }
}
