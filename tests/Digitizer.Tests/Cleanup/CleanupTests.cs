using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

public sealed class CleanupTests
{
    private static readonly PageSplitter Splitter = new(PageLimits.Default);

    [Theory]
    [InlineData(-5)]
    [InlineData(-0.7)]
    [InlineData(1.3)]
    [InlineData(4)]
    public void A_tilted_page_is_made_level(double tilt)
    {
        using var page = Page();
        page.Level(tilt);

        new Deskew().Apply(page);

        Assert.Equal(0, page.Skew, 0.15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_turned_page_is_made_upright_by_reading_where_ascenders_do_not_tell(int quarters)
    {
        using var page = Page();
        page.Turn(quarters);
        using var upright = Page();
        var top = upright.Gray.ToBytes();

        // The trial reading is told apart by the pixels: only the upright page starts as the fixture does.
        new Orient(part => IsUpright(part, top, upright.Gray.Width) ? 90 : 20).Apply(page);

        Assert.Equal(0, page.Quarters);
    }

    [Fact]
    public void Every_step_keeps_the_way_back_to_the_stored_picture()
    {
        using var page = Page();
        page.Mirror();
        page.Turn(1);
        page.Resize(0.5);
        page.Level(2);

        var corner = new PagePoint(37, 411);
        var back = page.ToWorking.Inverse().Apply(page.ToWorking.Apply(corner));
        Assert.Equal(corner.X, back.X, 6);
        Assert.Equal(corner.Y, back.Y, 6);
        Assert.Equal(0.5, Math.Sqrt(Math.Abs(page.ToWorking.Determinant)), 3);
    }

    [Fact]
    public void Rules_are_taken_out_and_remembered_and_letters_stay()
    {
        using var page = Page();
        new TextHeight().Apply(page);
        var before = page.Ink.Letters.Count;
        using var line = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
        line.Fill(new PixBox(20, page.Gray.Height - 30, page.Gray.Width - 40, 3), 0);
        page.Retouch(line.Clone());

        new RemoveRules().Apply(page);

        Assert.Contains(page.Rules, rule => rule.IsAcross && rule.Box.Width > page.Gray.Width / 2);
        Assert.InRange(page.Ink.Letters.Count, before - 3, before + 3);
    }

    [Fact]
    public void White_paper_is_blank_and_so_are_specks_and_holes()
    {
        Assert.True(Blank(_ => { }));
        Assert.True(Blank(pixels => Scatter(pixels, 300)));
        Assert.True(Blank(pixels => Disc(pixels, 60, 400, 24)));
    }

    [Fact]
    public void A_signature_and_a_line_of_text_are_not_blank()
    {
        Assert.False(Blank(pixels => Stroke(pixels, 500, 900)));
        using var page = Page();
        Assert.False(BlankPage.Looks(page));
    }

    [Fact]
    public void A_photograph_that_says_72_dpi_is_not_believed()
    {
        using var page = Blank4(1654, 2339, taggedDpi: 72);
        Assert.Equal(200, Resolution.Estimate(page, 16), 8.0);
    }

    [Fact]
    public void A_scanner_whose_tag_fits_paper_and_letters_is_believed()
    {
        using var page = Blank4(1654, 2339, taggedDpi: 200);
        Assert.Equal(200, Resolution.Estimate(page, 16));
    }

    [Theory]
    [InlineData(1654, 2339, 200)]
    [InlineData(2339, 1654, 200)]
    [InlineData(1169, 1654, 200)]
    public void The_tag_of_a_usual_sheet_is_believed_whatever_its_marks_look_like(int width, int height, double dpi)
    {
        using var page = Blank4(width, height, dpi);
        Assert.Equal(dpi, Resolution.Estimate(page, 5));
    }

    [Fact]
    public void Letters_too_small_for_type_show_that_the_tag_is_too_high()
    {
        using var page = Blank4(1240, 1754, taggedDpi: 600);
        Assert.Equal(150, Resolution.Estimate(page, 12), 6.0);
    }

    // A band over the whole width: somewhere from top to bottom the page has just these rows.
    private static bool IsUpright(Pix part, byte[] page, int width)
    {
        var bytes = part.ToBytes();
        return part.Width == width && Enumerable.Range(0, (page.Length - bytes.Length) / width + 1).Any(y => page.AsSpan(y * width, bytes.Length).SequenceEqual(bytes));
    }

    private static WorkingPage Page()
    {
        var decoded = Splitter.Decode(File.ReadAllBytes(Fixture.Path("formats/gray8.png")), 0);
        return new WorkingPage(decoded, decoded.Pixels.ToGray(), Affine.Identity);
    }

    private static bool Blank(Action<byte[]> draw)
    {
        using var page = Blank4(Width, Height, 100, draw);
        return BlankPage.Looks(page);
    }

    private const int Width = 827;
    private const int Height = 1169;

    private static WorkingPage Blank4(int width, int height, double taggedDpi, Action<byte[]>? draw = null)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, (byte)245);
        draw?.Invoke(pixels);
        var pix = Pix.FromGray(pixels, width, height);
        var (image, bytes) = ImageCodes.Lossless(pix);
        return new WorkingPage(new DecodedPage(pix, image, bytes, 1, TaggedResolution.Square(taggedDpi), false), pix.Clone(), Affine.Identity);
    }

    private static void Scatter(byte[] pixels, int count)
    {
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            pixels[random.Next(pixels.Length)] = 20;
        }
    }

    private static void Disc(byte[] pixels, int cx, int cy, int diameter)
    {
        for (var y = -diameter / 2; y <= diameter / 2; y++)
        {
            for (var x = -diameter / 2; x <= diameter / 2; x++)
            {
                if ((x * x) + (y * y) <= diameter * diameter / 4)
                {
                    pixels[((cy + y) * Width) + cx + x] = 10;
                }
            }
        }
    }

    private static void Stroke(byte[] pixels, int x, int y)
    {
        for (var i = 0; i < 200; i++)
        {
            for (var w = 0; w < 3; w++)
            {
                pixels[((y + (int)(30 * Math.Sin(i / 12.0)) + w) * Width) + x + i] = 30;
            }
        }
    }
}
