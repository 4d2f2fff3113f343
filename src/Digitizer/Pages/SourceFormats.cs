using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>Tells a file's format by its first bytes; the name is never asked.</summary>
internal static class SourceFormats
{
    /// <exception cref="DigitizerException">FileEmpty, FormatNotSupported or FormatUnknown.</exception>
    public static SourceFormat Detect(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            throw new DigitizerException(FailureKind.FileEmpty, "The file has no bytes. Scan or copy it again.");
        }

        if (Known(data) is { } format)
        {
            return format;
        }

        throw NotTaken(data) is { } name
            ? new DigitizerException(FailureKind.FormatNotSupported, $"The file is {name}, which is not read yet. Hand in JPEG, PNG, TIFF, BMP or WebP.")
            : new DigitizerException(FailureKind.FormatUnknown, "The first bytes are of no picture format, whatever the name says. Hand in JPEG, PNG, TIFF, BMP or WebP.");
    }

    private static SourceFormat? Known(ReadOnlySpan<byte> data) => data switch
    {
        [0xFF, 0xD8, 0xFF, ..] => SourceFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => SourceFormat.Png,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => SourceFormat.Tiff,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => SourceFormat.WebP,
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => SourceFormat.Bmp,
        _ => null,
    };

    private static string? NotTaken(ReadOnlySpan<byte> data)
    {
        if (data[..Math.Min(data.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return "a PDF";
        }

        return data switch
        {
            [(byte)'I', (byte)'I', 43, 0, ..] or [(byte)'M', (byte)'M', 0, 43, ..] => "a BigTIFF",
            [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "HEIC, AVIF or a film",
            _ => null,
        };
    }
}
