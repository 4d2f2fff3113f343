using System.Buffers.Binary;
using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>Sizes of BMP (Windows DIB headers) and WebP (RFC 9649) pictures.</summary>
internal static class OtherHeaders
{
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge.</exception>
    public static (int Width, int Height) Bmp(ReadOnlySpan<byte> data, PageLimits limits)
    {
        if (data.Length < 54)
        {
            throw Truncated("BMP");
        }

        var width = BinaryPrimitives.ReadInt32LittleEndian(data[18..]);
        var height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(data[22..]));
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(data[28..]);
        var coded = BinaryPrimitives.ReadUInt32LittleEndian(data[30..]);
        limits.CheckSize(width, height);
        if (coded != 0)
        {
            throw new DigitizerException(FailureKind.FormatNotSupported, "The BMP is compressed, which is not read. Save it as PNG or TIFF.");
        }

        var rows = ((width * (long)bits) + 31) / 32 * 4 * height;
        return BinaryPrimitives.ReadUInt32LittleEndian(data[10..]) + rows > data.Length ? throw Truncated("BMP") : (width, (int)height);
    }

    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, FormatNotSupported, ImageTooLarge.</exception>
    public static (int Width, int Height) WebP(ReadOnlySpan<byte> data, PageLimits limits)
    {
        if (data.Length < 30 || BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) + 8L > data.Length)
        {
            throw Truncated("WebP picture");
        }

        var chunk = data[12..];
        var (width, height) = chunk switch
        {
            [(byte)'V', (byte)'P', (byte)'8', (byte)' ', ..] => (BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF),
            [(byte)'V', (byte)'P', (byte)'8', (byte)'L', ..] => Lossless(BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..])),
            [(byte)'V', (byte)'P', (byte)'8', (byte)'X', _, _, _, _, var flags, ..] when (flags & 2) == 0 => (1 + U24(chunk[12..]), 1 + U24(chunk[15..])),
            [(byte)'V', (byte)'P', (byte)'8', (byte)'X', ..] => throw new DigitizerException(FailureKind.FormatNotSupported, "The WebP picture moves, which is not read. Save one frame as PNG."),
            _ => throw new DigitizerException(FailureKind.ImageDamaged, "The WebP picture has no header. Scan the page again."),
        };
        limits.CheckSize(width, height);
        return (width, height);
    }

    private static (int Width, int Height) Lossless(uint bits) => (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));

    private static int U24(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);

    private static DigitizerException Truncated(string what)
        => new(FailureKind.FileTruncated, $"The {what} ends before its content does. Copy or scan the page again.");
}
