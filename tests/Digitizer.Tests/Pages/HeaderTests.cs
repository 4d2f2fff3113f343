using System.Buffers.Binary;
using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.Completeness;
using Digitizer.Pages;

namespace Digitizer.Tests.Pages;

public sealed class HeaderTests
{
    private static readonly PageLimits Limits = PageLimits.Default;

    [Fact]
    public void Crc_of_the_check_string_is_that_of_the_standard()
        => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Theory]
    [InlineData("", FailureKind.FileEmpty)]
    [InlineData("Kính gửi: Ủy ban nhân dân", FailureKind.FormatUnknown)]
    [InlineData("GIF89a", FailureKind.FormatNotSupported)]
    public void What_is_no_picture_is_refused_by_its_first_bytes(string content, FailureKind kind)
        => Assert.Equal(kind, Assert.Throws<DigitizerException>(() => SourceFormats.Detect(Encoding.UTF8.GetBytes(content))).Kind);

    [Fact]
    public void A_png_that_announces_too_many_pixels_is_refused_before_decoding()
    {
        var refusal = Assert.Throws<DigitizerException>(() => PngHeader.Read(Png(20_000, 20_000), Limits));

        Assert.Equal(FailureKind.ImageTooLarge, refusal.Kind);
        Assert.Contains("20000 × 20000", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    public void A_png_without_area_is_damaged(int width, int height)
        => Assert.Equal(FailureKind.ImageDamaged, Assert.Throws<DigitizerException>(() => PngHeader.Read(Png(width, height), Limits)).Kind);

    [Fact]
    public void A_png_cut_anywhere_is_truncated()
    {
        var whole = Png(10, 20);
        Assert.Equal((10, 20), (PngHeader.Read(whole, Limits).Width, PngHeader.Read(whole, Limits).Height));

        for (var length = 8; length < whole.Length; length++)
        {
            Assert.Equal(FailureKind.FileTruncated, Assert.Throws<DigitizerException>(() => PngHeader.Read(whole.AsSpan(0, length), Limits)).Kind);
        }
    }

    [Fact]
    public void A_jpeg_with_thousands_of_scans_is_refused()
    {
        var bytes = new List<byte> { 0xFF, 0xD8 };
        bytes.AddRange([0xFF, 0xC2, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
        for (var i = 0; i < 10_000; i++)
        {
            bytes.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55]);
        }

        bytes.AddRange([0xFF, 0xD9]);

        Assert.Equal(FailureKind.ImageDamaged, Assert.Throws<DigitizerException>(() => JpegHeader.Read([.. bytes], Limits)).Kind);
    }

    [Fact]
    public void Orientation_tags_turn_as_the_exif_standard_says()
    {
        // Where the top left corner of a page of 2 × 1 goes, by tag.
        Assert.Equal((false, 1), ExifOrientation.Turn(6));
        Assert.Equal((false, 2), ExifOrientation.Turn(3));
        Assert.Equal((false, 3), ExifOrientation.Turn(8));
        Assert.Equal((true, 0), ExifOrientation.Turn(2));
        Assert.Equal((false, 0), ExifOrientation.Turn(1));
    }

    private static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(kind), .. data];
        var ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(ends.AsSpan(4), Crc32.Of(typed));
        return [.. ends[..4], .. typed, .. ends[4..]];
    }
}
