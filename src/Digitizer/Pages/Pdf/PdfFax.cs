using System.Buffers.Binary;
using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>CCITT pictures of a PDF: their bytes go on as they are; for reading they are given the head of a TIFF file.</summary>
internal static class PdfFax
{
    private const int UsualColumns = 1728;
    private const int RunLengths = 2;
    private const int Group3 = 3;
    private const int Group4 = 4;
    private const int LongestEndOfLine = 11;

    /// <exception cref="DigitizerException">FormatNotSupported, ImageDamaged.</exception>
    public static void Check(PdfPicture picture)
    {
        var columns = picture.Filters.CodingParameters["Columns"].Integer ?? UsualColumns;
        if (columns != picture.Width)
        {
            throw PdfRefusal.DamagedPicture($"the PDF says {picture.Width} pixels a row, its coding {columns}");
        }

        if (!picture.Colours.IsBlackAndWhite)
        {
            throw PdfRefusal.NotSupported("is a fax in colours");
        }

        if (Coding(picture.Filters.CodingParameters) is { K: < 0, ByteAligned: true })
        {
            throw PdfRefusal.NotSupported("is coded as CCITT G4 with padded rows");
        }
    }

    /// <exception cref="DigitizerException">FormatNotSupported.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public static DecodedPage Decode(byte[] fax, PdfPicture picture, int orientation, TaggedResolution resolution)
    {
        var parameters = picture.Filters.CodingParameters;
        var coding = Coding(parameters);

        // Black runs come out as ones if BlackIs1, and ones are white unless the colours say otherwise.
        var blackIs1 = (parameters["BlackIs1"].Flag ?? false) != picture.Colours.OneIsBlack;
        var (tiff, directory) = Wrap(fax, picture, coding, blackIs1);
        using var errors = TiffErrors.Count();
        var pixels = Pix.FromTiff(tiff, directory);
        return new DecodedPage(pixels, Image(fax, picture, coding, blackIs1), fax, orientation, resolution, Damaged: errors.Value + errors.Warnings > 0);
    }

    private static PageImage Image(byte[] fax, PdfPicture picture, FaxCoding coding, bool blackIs1) => new()
    {
        Width = picture.Width,
        Height = picture.Height,
        Encoding = coding.K < 0 ? ImageEncoding.CcittG4 : ImageEncoding.CcittG3,
        Color = ImageColor.Bitonal,
        BlackIs1 = blackIs1,
        Fax = coding,
        IsSourceFile = false,
        Bytes = fax.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(fax)),
    };

    private static FaxCoding Coding(QpdfObject parameters) => new(
        (int)Math.Clamp(parameters["K"].Integer ?? 0, -1, 1),
        parameters["EndOfLine"].Flag ?? false,
        parameters["EncodedByteAlign"].Flag ?? false,
        parameters["EndOfBlock"].Flag ?? true);

    /// <summary>A TIFF file (TIFF 6.0, sections 10 and 11) of one strip.</summary>
    /// <returns>The file, and where its directory lies.</returns>
    private static (byte[] File, long Directory) Wrap(byte[] fax, PdfPicture picture, FaxCoding coding, bool blackIs1)
    {
        var compression = coding.K < 0 ? Group4 : StartsWithEndOfLine(fax) ? Group3 : coding is { K: 0, ByteAligned: true } ? RunLengths
            : throw PdfRefusal.NotSupported("is coded as CCITT G3 without marks at the ends of rows");
        var options = (coding.K > 0 ? 1 : 0) | (coding.ByteAligned ? 4 : 0);
        (int Tag, int Value)[] entries =
        [
            (256, picture.Width), (257, picture.Height), (258, 1), (259, compression), (262, blackIs1 ? 1 : 0),
            (273, 0), (277, 1), (278, picture.Height), (279, fax.Length), (292, options),
        ];
        var used = compression == Group3 ? entries : entries[..^1];
        var start = 8 + 2 + (12 * used.Length) + 4;
        var file = new byte[start + fax.Length];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(8), (short)used.Length);
        for (var i = 0; i < used.Length; i++)
        {
            var entry = file.AsSpan(10 + (12 * i));
            BinaryPrimitives.WriteInt16LittleEndian(entry, (short)used[i].Tag);
            BinaryPrimitives.WriteInt16LittleEndian(entry[2..], 4);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], used[i].Tag == 273 ? start : used[i].Value);
        }

        fax.CopyTo(file.AsSpan(start));
        return (file, 8);
    }

    /// <summary>Eleven zeros or more, then a one (ITU-T T.4, 4.1.2).</summary>
    private static bool StartsWithEndOfLine(ReadOnlySpan<byte> fax)
    {
        var first = fax.IndexOfAnyExcept((byte)0);
        return first >= 0 && (8 * first) + byte.LeadingZeroCount(fax[first]) >= LongestEndOfLine;
    }
}
