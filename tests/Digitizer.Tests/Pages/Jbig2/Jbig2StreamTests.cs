using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Jbig2;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Jbig2;

/// <summary>What is coded comes back from another program's decoder, pixel by pixel.</summary>
public sealed class Jbig2StreamTests : IDisposable
{
    private readonly Jbig2Dec decoder = new();

    public static TheoryData<string> Fixtures => ["formats/g4.tif", "formats/g4-minisblack.tif", "formats/g3.tif", "formats/bit1.png", "degraded/pages/06-photocopy.tif"];

    public static TheoryData<string> GreyFixtures => ["01-clean", "05-faint", "09-guilloche", "13-600dpi", "16-pen"];

    public static TheoryData<int, bool> Ways
    {
        get
        {
            var ways = new TheoryData<int, bool>();
            for (var way = 0; way < ContextTemplate.All.Count; way++)
            {
                ways.Add(way, false);
                ways.Add(way, true);
            }

            return ways;
        }
    }

    public void Dispose() => decoder.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_bitonal_page_comes_back(string name)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        using var page = splitter.Decode(File.ReadAllBytes(Fixture.Path(name)), 0);
        AssertComesBack(BitPicture.Of(page.Pixels));
    }

    [Theory]
    [MemberData(nameof(GreyFixtures))]
    public void A_grey_page_made_bitonal_comes_back(string name)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        using var page = splitter.Decode(File.ReadAllBytes(Fixture.Path($"degraded/pages/{name}.jpg")), 0);
        using var gray = page.Pixels.ToGray();
        using var bitonal = gray.Threshold(128);
        AssertComesBack(BitPicture.Of(bitonal));
    }

    [Fact]
    public void A_drawn_page_comes_back_and_its_repeated_rows_make_it_smaller()
    {
        using var folder = new TempFolder();
        using var splitter = new PageSplitter(PageLimits.Default);
        using var page = splitter.Decode(File.ReadAllBytes(TextPages.Create(folder, "page", TextPages.Tiff, dpi: 75)), 0);
        using var doubled = page.Pixels.Scale(4, 4);
        var picture = BitPicture.Of(doubled);

        AssertComesBack(picture);
        Assert.All(ContextTemplate.All, template => Assert.True(Coded(picture, template, typical: true).Length < Coded(picture, template, typical: false).Length));
    }

    [Theory]
    [InlineData(2480, 3508, false)]
    [InlineData(2480, 3508, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 1, true)]
    public void White_and_black_come_back(int width, int height, bool black)
    {
        var picture = BitPicture.Draw(width, height, (_, _) => black);
        AssertComesBack(picture);
        Assert.InRange(Coded(picture).Length, 1, 150);
    }

    [Theory]
    [InlineData(32_767, 1)]
    [InlineData(32_767, 7)]
    [InlineData(1, 32_767)]
    [InlineData(33, 20_000)]
    public void Very_wide_and_very_tall_pictures_come_back(int width, int height)
        => AssertComesBack(BitPicture.Noise(width, height, 0.1, new Random(width)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_width_around_whole_words_comes_back(int height)
    {
        var random = new Random(height);
        for (var width = 1; width <= 70; width++)
        {
            AssertComesBack(BitPicture.Noise(width, height, 0.3, random), ContextTemplate.All[(width + height) % ContextTemplate.All.Count]);
            AssertComesBack(BitPicture.Noise(width, height, 0.3, random), ContextTemplate.All[0]);
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.03)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Noise_comes_back(double ink)
        => AssertComesBack(BitPicture.Noise(801, 613, ink, new Random(31)));

    [Fact]
    public void Random_pictures_come_back()
    {
        var random = new Random(1988);
        for (var i = 0; i < 60; i++)
        {
            AssertComesBack(Blots(random), ContextTemplate.All[i % ContextTemplate.All.Count]);
        }
    }

    [Fact]
    public void Poppler_sees_the_same_pixels()
    {
        using var tools = new PdfTools();
        var random = new Random(44);
        var pictures = Enumerable.Range(0, 40).Select(_ => Blots(random)).ToList();
        var pdf = tools.PathOf("pictures.pdf");
        File.WriteAllBytes(pdf, ScanPdf.Of([.. pictures.Select((picture, i) => Page(picture, ContextTemplate.All[i % ContextTemplate.All.Count]))]));
        var seen = tools.Bitmaps(pdf);

        Assert.Equal(pictures.Count, seen.Count);
        for (var i = 0; i < pictures.Count; i++)
        {
            pictures[i].AssertSame(BitPicture.OfPbm(File.ReadAllBytes(seen[i])), $"picture {i}");
        }
    }

    [Fact]
    public void What_lies_beyond_the_last_pixel_of_a_row_is_not_coded()
    {
        var picture = BitPicture.Noise(37, 20, 0.3, new Random(5));
        using var dirty = picture.ToPix();
        var words = dirty.Words();
        for (var i = 1; i < words.Length; i += 2)
        {
            words[i] |= uint.MaxValue >> 5;
        }

        Assert.Equal(Coded(picture), Jbig2Stream.Encode(dirty));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Only_what_begins_as_one_region_of_that_size_and_length_is_taken_for_one(int template, bool typical)
    {
        var coded = Coded(BitPicture.Noise(40, 30, 0.3, new Random(5)), ContextTemplate.All[template], typical);
        var head = 59 + ContextTemplate.All[template].AdaptivePixels.Count;
        bool Is(byte[] bytes, int width, int height, long length) => Jbig2Stream.IsOneRegion(bytes.AsSpan(0, Jbig2Stream.LongestHead), width, height, length);

        Assert.True(Is(coded, 40, 30, coded.Length));
        Assert.False(Is(coded, 41, 30, coded.Length));
        Assert.False(Is(coded, 40, 31, coded.Length));
        Assert.False(Is(coded, 40, 30, coded.Length + 1));
        Assert.All(Enumerable.Range(0, head), at => Assert.False(Is([.. coded[..at], (byte)(coded[at] ^ 0x40), .. coded[(at + 1)..]], 40, 30, coded.Length)));
    }

    [Fact]
    public void A_small_picture_is_coded_in_the_template_that_is_shortest_and_its_repeated_rows_marked_where_that_is_shorter()
    {
        var random = new Random(9);
        var (few, marked) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            var picture = Blots(random);
            var plain = ContextTemplate.All.Select(template => Coded(picture, template, typical: false).Length).ToList();
            var best = plain.IndexOf(plain.Min());
            var typical = Coded(picture, ContextTemplate.All[best], typical: true).Length;

            Assert.InRange(Coded(picture).Length, Math.Min(plain[best], typical), plain[best]);
            few += best > 0 ? 1 : 0;
            marked += Coded(picture).Length < plain[best] ? 1 : 0;
        }

        Assert.InRange(few, 10, 100);
        Assert.InRange(marked, 10, 90);
    }

    /// <summary>Rectangles of ink and of specks, with rows here and there that repeat the one above them.</summary>
    private static BitPicture Blots(Random random)
    {
        var (width, height) = (random.Next(1, 400), random.Next(1, 300));
        var blots = Enumerable.Range(0, random.Next(12)).Select(_ => new PixBox(random.Next(width), random.Next(height), random.Next(1, 120), random.Next(1, 60))).ToList();
        var (specks, repeats) = (Math.Pow(10, -4 * random.NextDouble()), random.NextDouble());
        var above = new bool[width];
        var isRepeated = false;
        return BitPicture.Draw(width, height, (x, y) =>
        {
            isRepeated = x == 0 ? random.NextDouble() < repeats : isRepeated;
            var isBlot = blots.Exists(b => x >= b.X && x < b.Right && y >= b.Y && y < b.Bottom);
            return above[x] = isRepeated ? above[x] : isBlot != random.NextDouble() < specks;
        });
    }

    private static ScanPage Page(BitPicture picture, ContextTemplate template) => new(
        FormattableString.Invariant($"/Width {picture.Width} /Height {picture.Height} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"),
        Coded(picture, template, typical: picture.Height % 2 == 0));

    private static byte[] Coded(BitPicture picture)
    {
        using var pix = picture.ToPix();
        return Jbig2Stream.Encode(pix);
    }

    private static byte[] Coded(BitPicture picture, ContextTemplate template, bool typical)
    {
        using var pix = picture.ToPix();
        return Jbig2Stream.Encode(new BitRows(pix), template, typical);
    }

    private void AssertComesBack(BitPicture picture) => AssertComesBack(picture, [.. ContextTemplate.All]);

    private void AssertComesBack(BitPicture picture, params ContextTemplate[] templates)
    {
        foreach (var template in templates)
        {
            foreach (var typical in (bool[])[false, true])
            {
                var what = FormattableString.Invariant($"{picture.Width} × {picture.Height}, template {template.Number} at {string.Join(' ', template.AdaptivePixels)}, repeated rows marked: {typical}");
                picture.AssertSame(decoder.Decode(Coded(picture, template, typical)), what);
            }
        }
    }
}
