using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>The formats that are taken in, told by their first bytes.</summary>
internal enum SourceFormat
{
    Jpeg,
    Png,
    Tiff,
    Bmp,
    WebP,
    Pdf,
}

/// <summary>Tells a file's format by its first bytes; the name is never asked.</summary>
internal static class SourceFormats
{
    /// <summary>So many bytes decide: a PDF's header may stand anywhere in the first 1024 (ISO 32000-1, annex H.3.4.1).</summary>
    public const int Length = 1024;

    /// <summary>Tells the format.</summary>
    /// <param name="start">The first <see cref="Length"/> bytes or more, or all of a shorter file.</param>
    /// <exception cref="DigitizerException">FileEmpty, FormatNotSupported or FormatUnknown.</exception>
    public static SourceFormat Detect(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            throw new DigitizerException(FailureKind.FileEmpty, "The file has no bytes. Scan or copy it again.");
        }

        return Taken(start) ?? throw (NotTaken(start) is { } why
            ? new DigitizerException(FailureKind.FormatNotSupported, why)
            : new DigitizerException(FailureKind.FormatUnknown, "The content is no JPEG, PNG, TIFF, BMP or WebP picture and no PDF, whatever the name says. Check the file; scan again."));
    }

    /// <summary>True for every format that is known, taken in or not.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> start) => Taken(start) is not null || NotTaken(start) is not null;

    /// <summary>True if it begins as a file of a known format other than PDF.</summary>
    public static bool IsOther(ReadOnlySpan<byte> start) => Taken(start) is not (null or SourceFormat.Pdf) || NotTaken(start) is not null;

    private static SourceFormat? Taken(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => SourceFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => SourceFormat.Png,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => SourceFormat.Tiff,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => SourceFormat.WebP,
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => SourceFormat.Bmp,
        _ => start[..Math.Min(start.Length, Length)].IndexOf("%PDF-"u8) >= 0 ? SourceFormat.Pdf : null,
    };

    private static string? NotTaken(ReadOnlySpan<byte> start)
    {
        var name = start switch
        {
            [(byte)'I', (byte)'I', 43, 0, ..] or [(byte)'M', (byte)'M', 0, 43, ..] => "BigTIFF",

            // The JP2 signature box and a bare code stream (ISO/IEC 15444-1, annexes I.5.1 and A).
            [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "HEIC, AVIF or a film",
            _ => null,
        };
        return name is null ? null : $"This is {name}, which is not taken in. Convert it to JPEG, PNG or TIFF.";
    }
}
