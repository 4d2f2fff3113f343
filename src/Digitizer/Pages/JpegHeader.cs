using System.Buffers.Binary;
using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>What a JPEG file's markers say (ITU-T T.81, annex B; Adobe APP14; EXIF 2.3).</summary>
/// <param name="Width">Pixels a row as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK or YCCK.</param>
/// <param name="Precision">Bits a sample.</param>
/// <param name="Arithmetic">Arithmetic coding, which PDF readers refuse.</param>
/// <param name="Orientation">EXIF orientation, 1–8; 1 if not said.</param>
/// <param name="Resolution">JFIF density.</param>
internal sealed record JpegHeader(int Width, int Height, int Components, int Precision, bool Arithmetic, int Orientation, TaggedResolution Resolution)
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>True if a PDF can hold the file as it is.</summary>
    public bool FitsPdf => Components is 1 or 3 && Precision == 8 && !Arithmetic;

    /// <summary>Walks all markers from SOI to EOI.</summary>
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> data, PageLimits limits)
    {
        JpegHeader? frame = null;
        var (orientation, resolution, scans, at) = (1, TaggedResolution.None, 0, 2);
        while (NextMarker(data, ref at) is var marker && marker != EndOfImage)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            var segment = Segment(data, ref at);
            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    frame ??= Frame(segment, marker, limits);
                    break;
                case 0xE0 when segment.StartsWith("JFIF\0"u8) && segment.Length >= 12:
                    resolution = Density(segment);
                    break;
                case 0xE1 when segment.StartsWith("Exif\0\0"u8):
                    orientation = ExifOrientation.Read(segment[6..]);
                    break;
                case StartOfScan:
                    if (++scans > limits.MaxScans)
                    {
                        throw new DigitizerException(FailureKind.ImageDamaged, $"The JPEG has more than {limits.MaxScans} scans, as no scanner writes. Scan the page again.");
                    }

                    SkipEntropyCoded(data, ref at);
                    break;
                default:
                    break;
            }
        }

        return frame is null || scans == 0
            ? throw new DigitizerException(FailureKind.ImageDamaged, "The JPEG holds no picture. Scan the page again.")
            : frame with { Orientation = orientation, Resolution = resolution };
    }

    private static JpegHeader Frame(ReadOnlySpan<byte> segment, byte marker, PageLimits limits)
    {
        if (segment.Length < 6)
        {
            throw new DigitizerException(FailureKind.ImageDamaged, "The JPEG's frame header is cut. Scan the page again.");
        }

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        limits.CheckSize(width, height);
        return new JpegHeader(width, height, segment[5], segment[0], marker >= 0xC9, 1, TaggedResolution.None);
    }

    private static TaggedResolution Density(ReadOnlySpan<byte> jfif)
    {
        var inches = jfif[7] switch { 1 => 1, 2 => 2.54, _ => 0 };
        return new TaggedResolution(BinaryPrimitives.ReadUInt16BigEndian(jfif[8..]) * inches, BinaryPrimitives.ReadUInt16BigEndian(jfif[10..]) * inches);
    }

    private static byte NextMarker(ReadOnlySpan<byte> data, ref int at)
    {
        while (at + 1 < data.Length)
        {
            if (data[at] != 0xFF)
            {
                throw new DigitizerException(FailureKind.ImageDamaged, "The JPEG has stray bytes between its segments. Scan the page again.");
            }

            var marker = data[++at];
            if (marker != 0xFF)
            {
                at++;
                return marker;
            }
        }

        throw Truncated();
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, ref int at)
    {
        var length = at + 2 <= data.Length ? BinaryPrimitives.ReadUInt16BigEndian(data[at..]) : 0;
        if (length < 2 || at + length > data.Length)
        {
            throw Truncated();
        }

        var segment = data.Slice(at + 2, length - 2);
        at += length;
        return segment;
    }

    private static void SkipEntropyCoded(ReadOnlySpan<byte> data, ref int at)
    {
        while (true)
        {
            var step = data[at..].IndexOf((byte)0xFF);
            if (step < 0 || at + step + 1 >= data.Length)
            {
                throw Truncated();
            }

            at += step;
            if (data[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return;
            }

            at += data[at + 1] == 0xFF ? 1 : 2;
        }
    }

    private static DigitizerException Truncated()
        => new(FailureKind.FileTruncated, "The JPEG ends before its picture does. Copy or scan the page again.");
}
