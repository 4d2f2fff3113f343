using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>JPEG pictures of a PDF: their bytes go on untouched. The EXIF orientation inside is not for PDF readers.</summary>
internal static class PdfJpeg
{
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge.</exception>
    public static JpegHeader Header(ReadOnlySpan<byte> jpeg, PageLimits limits)
        => jpeg is [0xFF, 0xD8, 0xFF, ..] ? JpegHeader.Read(jpeg, limits) : throw PdfRefusal.DamagedPicture("it is no JPEG, as the PDF says");

    /// <exception cref="DigitizerException">FormatNotSupported and those of <see cref="Header"/>.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public static DecodedPage Decode(byte[] jpeg, bool inverted, int orientation, TaggedResolution resolution, PageLimits limits)
    {
        var header = Header(jpeg, limits);
        if (header.Components == 4)
        {
            return Ink(jpeg, inverted, orientation, resolution);
        }

        var pixels = Pix.FromJpeg(jpeg, out var warnings);
        if (header.FitsPdf && !inverted)
        {
            return new DecodedPage(pixels, ImageCodes.Jpeg(jpeg, header, isSourceFile: false), jpeg, orientation, resolution, warnings > 0);
        }

        using (pixels)
        {
            return DecodedPage.Lossless(inverted ? pixels.Inverted() : pixels.Clone(), orientation, resolution) with { Damaged = warnings > 0 };
        }
    }

    /// <summary>
    /// Ink colours. JPEGs with Adobe's marker hold them inverted, and their PDFs say so; the decoder
    /// knows the marker, not the PDF, so the two must agree.
    /// </summary>
    private static DecodedPage Ink(byte[] jpeg, bool inverted, int orientation, TaggedResolution resolution)
        => jpeg.AsSpan(0, Math.Min(jpeg.Length, 1 << 16)).IndexOf("Adobe"u8) >= 0 == inverted
            ? DecodedPage.Lossless(Pix.FromJpeg(jpeg, out var warnings), orientation, resolution) with { Damaged = warnings > 0 }
            : throw PdfRefusal.NotSupported("has ink colours (CMYK) of an unusual kind");
}
