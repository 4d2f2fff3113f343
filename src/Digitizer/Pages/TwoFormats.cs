using System.Buffers.Binary;
using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Pages;

/// <summary>Files that are of two formats at once: what they show depends on the program that opens them, so nobody can say what was filed.</summary>
internal static class TwoFormats
{
    // End of a ZIP archive's central directory (APPNOTE.TXT, 4.3.16): its fixed part, and the longest comment behind it.
    private const int ZipEnd = 22;
    private const int LongestComment = 65_535;

    // Beginnings of programs, archives and films, which readers of PDFs pass over in front of a header.
    private static readonly byte[][] Others = [[.. "MZ"u8], [.. "\u007fELF"u8], [.. "PK\u0003\u0004"u8], [.. "#!"u8], [.. "Rar!"u8], [.. "7z"u8, 0xBC, 0xAF], [0x1F, 0x8B], [.. "<!DOCTYPE"u8], [.. "<html"u8], [.. "<svg"u8]];

    /// <summary>Refuses such a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="format">What it was taken for.</param>
    /// <exception cref="DigitizerException">FormatNotSupported.</exception>
    public static void Refuse(ReadOnlySpan<byte> file, SourceFormat format)
    {
        if (EndsAsZip(file))
        {
            throw Refusal(format, "an archive");
        }

        if (format != SourceFormat.Pdf && file[..Math.Min(file.Length, SourceFormats.Length)].IndexOf("%PDF-"u8) >= 0)
        {
            throw Refusal(format, "a PDF");
        }

        if (format == SourceFormat.Pdf && !file.StartsWith("%PDF-"u8) && BeginsAsOther(file))
        {
            throw Refusal(format, "another file");
        }
    }

    private static bool BeginsAsOther(ReadOnlySpan<byte> file)
    {
        foreach (var start in Others)
        {
            if (file.StartsWith(start))
            {
                return true;
            }
        }

        return SourceFormats.IsOther(file);
    }

    private static bool EndsAsZip(ReadOnlySpan<byte> file)
    {
        var tail = file[Math.Max(0, file.Length - ZipEnd - LongestComment)..];
        for (var at = tail.LastIndexOf("PK\u0005\u0006"u8); at >= 0; at = tail[..at].LastIndexOf("PK\u0005\u0006"u8))
        {
            // The comment is what lies behind it, to the end.
            if (at + ZipEnd <= tail.Length && at + ZipEnd + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + ZipEnd - 2)..]) == tail.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static DigitizerException Refusal(SourceFormat format, string other)
        => new(FailureKind.FormatNotSupported, $"The file is {other} as well as {(format == SourceFormat.Pdf ? "a PDF" : "a picture")}: what it shows depends on the program that opens it. Print and scan it.");
}
