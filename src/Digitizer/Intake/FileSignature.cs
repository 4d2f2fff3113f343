namespace Digitizer.Intake;

/// <summary>What the first bytes say a file is; the name says nothing.</summary>
internal enum FileSignature
{
    Unknown,
    Jpeg,
    Png,
    Tiff,
    Bmp,
    WebP,
    Pdf,
    Jpeg2000,
}

/// <summary>Tells formats by their first bytes.</summary>
internal static class FileSignatures
{
    /// <summary>So many bytes decide: a PDF's header may stand anywhere in the first 1024 (ISO 32000-1, annex H.3.4.1).</summary>
    public const int Length = 1024;

    /// <summary>Tells a format.</summary>
    /// <param name="start">The first <see cref="Length"/> bytes, or all of a shorter file.</param>
    public static FileSignature Of(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => FileSignature.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileSignature.Png,
        // 42 is TIFF 6.0, 43 is BigTIFF; the page-worker says which it takes.
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => FileSignature.Tiff,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => FileSignature.WebP,
        // The JP2 signature box and a bare code stream (ISO/IEC 15444-1, annexes I.5.1 and A).
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => FileSignature.Jpeg2000,
        _ when start.IndexOf("%PDF-"u8) >= 0 => FileSignature.Pdf,
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, ..] => FileSignature.Bmp,
        _ => FileSignature.Unknown,
    };
}
