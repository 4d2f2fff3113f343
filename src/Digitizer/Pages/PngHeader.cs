using System.Buffers.Binary;
using Digitizer.Failures;
using Digitizer.Intake.Completeness;

namespace Digitizer.Pages;

/// <summary>What a PNG's chunks say (PNG specification, third edition, clause 5), all checksums verified.</summary>
internal sealed record PngHeader(int Width, int Height, double Dpi)
{
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data, PageLimits limits)
    {
        PngHeader? header = null;
        var dpi = 0.0;
        for (var at = 8; ;)
        {
            if (at + 12 > data.Length)
            {
                throw Truncated();
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
            if (length > data.Length - at - 12)
            {
                throw Truncated();
            }

            var typed = data.Slice(at + 4, (int)length + 4);
            var kind = typed[..4];
            if (header is null)
            {
                header = First(typed, limits);
            }

            if (Crc32.Of(typed) != BinaryPrimitives.ReadUInt32BigEndian(data[(at + 8 + (int)length)..]))
            {
                throw new DigitizerException(FailureKind.ImageDamaged, "A checksum inside the PNG is wrong. Copy or scan the page again.");
            }

            if (kind.SequenceEqual("pHYs"u8) && length == 9 && typed[12] == 1)
            {
                dpi = BinaryPrimitives.ReadUInt32BigEndian(typed[4..]) * 0.0254;
            }

            if (kind.SequenceEqual("IEND"u8))
            {
                return header with { Dpi = dpi };
            }

            at += (int)length + 12;
        }
    }

    private static PngHeader First(ReadOnlySpan<byte> typed, PageLimits limits)
    {
        if (!typed.StartsWith("IHDR"u8) || typed.Length != 17)
        {
            throw new DigitizerException(FailureKind.ImageDamaged, "The PNG has no header. Scan the page again.");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(typed[4..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(typed[8..]);
        limits.CheckSize(width, height);
        return new PngHeader((int)width, (int)height, 0);
    }

    private static DigitizerException Truncated()
        => new(FailureKind.FileTruncated, "The PNG ends before its picture does. Copy or scan the page again.");
}
