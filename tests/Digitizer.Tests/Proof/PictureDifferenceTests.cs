using System.Text;
using Digitizer.Pages;
using Digitizer.Proof;

namespace Digitizer.Tests.Proof;

public sealed class PictureDifferenceTests
{
    [Fact]
    public void Equal_pictures_do_not_differ() => Assert.Equal(0, PictureDifference.Worst(Stripes(200, 300, 0), Stripes(200, 300, 0)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 500)]
    [InlineData(17, 16)]
    public void Pictures_of_any_size_can_be_compared(int width, int height)
        => Assert.Equal(0, PictureDifference.Worst(Stripes(width, height, 0), Stripes(width, height, 0)));

    [Fact]
    public void An_empty_page_differs_from_a_written_one_however_faint_it_is()
    {
        var faint = Stripes(200, 300, 0, dark: 235);

        Assert.InRange(PictureDifference.Worst(faint, Flat(200, 300, 255)), 0.7, 2);
        Assert.InRange(PictureDifference.Worst(Stripes(200, 300, 0), Flat(200, 300, 255)), 0.9, 2);
    }

    [Fact]
    public void A_shift_by_half_a_line_differs_most() => Assert.InRange(PictureDifference.Worst(Stripes(200, 300, 0), Stripes(200, 300, 6)), 1.5, 2);

    [Fact]
    public void Paper_grain_is_no_difference()
    {
        var random = new Random(7);
        var grain = Flat(200, 300, 240);
        var other = Flat(200, 300, 240);
        for (var i = 0; i < grain.Pixels.Length; i++)
        {
            grain.Pixels[i] += (byte)random.Next(6);
            other.Pixels[i] += (byte)random.Next(6);
        }

        Assert.InRange(PictureDifference.Worst(grain, other), 0, 0.2);
    }

    [Theory]
    [InlineData("P5\n3 2\n255\n123456", 3, 2)]
    [InlineData("P5 3 2 255 123456", 3, 2)]
    public async Task A_grey_picture_is_read(string file, int width, int height)
    {
        var picture = await ReadAsync(file);

        Assert.Equal((width, height, "123456"), (picture!.Width, picture.Height, Encoding.ASCII.GetString(picture.Pixels)));
    }

    [Theory]
    [InlineData("P4\n3 2\n255\n")]
    [InlineData("P5\n0 2\n255\n")]
    [InlineData("P5\n-3 2\n255\n")]
    [InlineData("P5\n3 2\n65535\n")]
    [InlineData("P5\n99 2\n255\n")]
    [InlineData("P5\n2 99\n255\n")]
    [InlineData("P5\n99999999999999999999 2\n255\n")]
    [InlineData("PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP")]
    public async Task What_is_no_grey_picture_of_the_size_due_is_refused_before_anything_is_allocated(string file)
        => await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file));

    [Theory]
    [InlineData("P5\n3 2\n255\n12345")]
    [InlineData("P5\n3")]
    public async Task A_picture_cut_short_is_refused(string file) => await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(file));

    [Fact]
    public async Task Words_come_one_at_a_time_with_the_ends_of_pages_between_them()
    {
        var words = new PdfWords(new StringReader("  Nguyễn\u0301 Thị\n\fNgọc\f\f"));
        var found = new List<string?>();
        do
        {
            found.Add(await words.NextAsync(CancellationToken.None));
        }
        while (found[^1] is not null);

        Assert.Equal(["Nguyễn\u0301".Normalize(), "Thị", "\f", "Ngọc", "\f", "\f", null], found);
    }

    private static Task<GrayPicture?> ReadAsync(string file)
        => new PgmReader(new MemoryStream(Encoding.ASCII.GetBytes(file))).ReadAsync(10, 10, CancellationToken.None);

    private static GrayPicture Flat(int width, int height, byte level) => new(width, height, [.. Enumerable.Repeat(level, width * height)]);

    // Lines of 6 pixels, 12 apart.
    private static GrayPicture Stripes(int width, int height, int shift, byte dark = 0)
        => new(width, height, [.. Enumerable.Range(0, width * height).Select(i => (((i / width) + shift) / 6 % 2) == 0 ? dark : (byte)255)]);
}
