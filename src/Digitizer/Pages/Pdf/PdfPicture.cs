using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>A page's picture as the PDF describes it, before it is decoded.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bits">A sample.</param>
/// <param name="Colours">What samples mean.</param>
/// <param name="Filters">How it is packed and coded.</param>
internal sealed record PdfPicture(int Width, int Height, int Bits, PictureColours Colours, StreamFilters Filters)
{
    /// <summary>Bytes that a row may have too many at the end of the data: line ends that writers add.</summary>
    private const int Slack = 64;

    /// <summary>Bytes of a row of samples.</summary>
    private int Stride => checked((int)((((long)Width * Colours.Components * Bits) + 7) / 8));

    /// <summary>Reads the description and, of a JPEG, its markers.</summary>
    /// <exception cref="DigitizerException">FormatNotSupported, ImageTooLarge, ImageDamaged, FileTruncated, PdfNotScanned, PdfDamaged, PdfTooComplex.</exception>
    public static PdfPicture Of(QpdfObject picture, bool paintsBlack, PageLimits limits, PdfLimits pdfLimits)
    {
        var (width, height) = (picture["Width"].Integer ?? 0, picture["Height"].Integer ?? 0);
        limits.CheckSize(width, height);
        if (!picture["SMask"].IsNothing || !picture["Mask"].IsNothing)
        {
            throw PdfRefusal.NotScanned("has a picture that is transparent in places");
        }

        var filters = StreamFilters.Of(picture, pdfLimits);
        if (filters.Coding is "JBIG2Decode" or "JPXDecode")
        {
            throw PdfRefusal.NotSupported(filters.Coding == "JPXDecode" ? "is coded as JPEG 2000" : "is coded as JBIG2");
        }

        var isStencil = picture["ImageMask"].Flag ?? false;
        if (isStencil && !paintsBlack)
        {
            throw PdfRefusal.NotScanned("shows its picture in a colour of its own");
        }

        var isJpeg = filters.Coding == "DCTDecode";
        var header = isJpeg ? filters.Read(picture, pdfLimits.MaxCodedPicture, jpeg => PdfJpeg.Header(jpeg, limits)) ?? throw TooLong(pdfLimits) : null;
        var bits = isStencil || filters.Coding == "CCITTFaxDecode" ? 1 : isJpeg ? 8 : picture["BitsPerComponent"].Integer ?? 0;
        if (bits is not (1 or 2 or 4 or 8))
        {
            throw bits == 16 ? PdfRefusal.NotSupported("has 16 bits a sample") : PdfRefusal.DamagedPicture("it does not say how deep it is");
        }

        var described = new PdfPicture((int)width, (int)height, (int)bits, PictureColours.Of(picture, (int)bits, isStencil, header?.Components), filters);
        described.Check(header);
        return described;
    }

    /// <summary>Decodes it.</summary>
    /// <param name="picture">The stream that this describes.</param>
    /// <param name="orientation">1–8.</param>
    /// <param name="resolution">As the file says: a hint only.</param>
    /// <param name="limits">Of pages.</param>
    /// <param name="pdfLimits">Of PDFs.</param>
    /// <exception cref="DigitizerException">ImageDamaged, FileTruncated, FormatNotSupported, PdfDamaged, PdfTooComplex.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public DecodedPage Decode(QpdfObject picture, int orientation, TaggedResolution resolution, PageLimits limits, PdfLimits pdfLimits)
    {
        switch (Filters.Coding)
        {
            case "DCTDecode":
                return PdfJpeg.Decode(CodedBytes(picture, Filters, pdfLimits), Colours.Inverted, orientation, resolution, limits);
            case "CCITTFaxDecode":
                return PdfFax.Decode(CodedBytes(picture, Filters, pdfLimits), this, orientation, resolution);
            default:
                var needed = checked(Stride * Height);
                var samples = Filters.Unpack(picture, checked(needed + Slack)) ?? throw PdfRefusal.DamagedPicture("it has more rows than it says");
                return samples.Length < needed
                    ? throw PdfRefusal.DamagedPicture("rows of it are missing")
                    : DecodedPage.Lossless(PdfSamples.ToPix(samples, this, Stride), orientation, resolution);
        }
    }

    /// <summary>Whether all of its rows are there. More than these do no harm.</summary>
    /// <param name="picture">The stream that this describes.</param>
    /// <param name="limits">Of pages.</param>
    /// <param name="pdfLimits">Of PDFs.</param>
    /// <exception cref="DigitizerException">ImageDamaged, PdfDamaged.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public bool HasItsData(QpdfObject picture, PageLimits limits, PdfLimits pdfLimits)
    {
        if (Filters.Coding is null)
        {
            return Filters.Unpack(picture, pdfLimits.MaxCodedPicture) is not { } samples || samples.Length >= (long)Stride * Height;
        }

        using var decoded = Decode(picture, 1, TaggedResolution.None, limits, pdfLimits);
        return !decoded.Damaged;
    }

    private void Check(JpegHeader? header)
    {
        if (header is not null)
        {
            if ((header.Width, header.Height) != (Width, Height))
            {
                throw PdfRefusal.DamagedPicture($"the PDF says {Width} × {Height}, its JPEG {header.Width} × {header.Height}");
            }

            if (header.Components != Colours.Components)
            {
                throw PdfRefusal.DamagedPicture("its JPEG has another number of colours than the PDF says");
            }
        }
        else if (Filters.Coding is null && Colours.Components == 4)
        {
            throw PdfRefusal.NotSupported("has ink colours (CMYK)");
        }
        else if (Filters.Coding is null && Colours.Components == 3 && Bits != 8)
        {
            throw PdfRefusal.NotSupported($"has colours of {Bits} bits");
        }
        else if (Filters.Coding == "CCITTFaxDecode")
        {
            PdfFax.Check(this);
        }
    }

    private static byte[] CodedBytes(QpdfObject picture, StreamFilters filters, PdfLimits limits)
        => filters.Unpack(picture, limits.MaxCodedPicture)
        ?? throw TooLong(limits);

    private static DigitizerException TooLong(PdfLimits limits) => PdfRefusal.TooComplex($"has a picture of more than {limits.MaxCodedPicture >> 20} MB");
}
