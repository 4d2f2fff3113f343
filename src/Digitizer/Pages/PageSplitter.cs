using System.Buffers.Binary;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Pages;

/// <summary>One file's bytes → its pages. Runs in a page-worker only.</summary>
internal sealed class PageSplitter(PageLimits limits, PdfPolicy? policy = null) : IDisposable
{
    private (byte[] File, PdfPages Pages)? open;

    /// <summary>Reads headers only and applies every limit that headers can tell.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public UnitContents Inspect(byte[] file)
    {
        var format = SourceFormats.Detect(file);
        TwoFormats.Refuse(file, format);
        return new UnitContents(format, format switch
        {
            SourceFormat.Jpeg => [Frame(JpegHeader.Read(file, limits), file)],
            SourceFormat.Png => [Frame(PngHeader.Read(file, limits))],
            SourceFormat.Bmp => [Frame(OtherHeaders.Bmp(file, limits))],
            SourceFormat.WebP => [Frame(OtherHeaders.WebP(file, limits))],
            SourceFormat.Pdf => Pdf(file).Frames,
            _ => [.. TiffFile.Read(file, limits).Select(Frame)],
        });
    }

    /// <summary>Decodes one page.</summary>
    /// <param name="file">The whole file. The orientation tag of a TIFF page is overwritten in place.</param>
    /// <param name="index">The page, from 0.</param>
    /// <param name="render">Renders pages of PDFs that are no pictures; null: such pages cannot be decoded.</param>
    /// <exception cref="DigitizerException">Why the page cannot be decoded.</exception>
    public DecodedPage Decode(byte[] file, int index, PageRendering? render = null)
    {
        try
        {
            return SourceFormats.Detect(file) switch
            {
                SourceFormat.Jpeg => Jpeg(file),
                SourceFormat.Png => DecodedPage.Lossless(Pix.FromPng(file), 1, TaggedResolution.Square(PngHeader.Read(file, limits).Dpi)),
                SourceFormat.Bmp => DecodedPage.Lossless(Pix.FromBmp(file), 1, TaggedResolution.None),
                SourceFormat.WebP => DecodedPage.Lossless(Pix.FromWebP(file), 1, TaggedResolution.None),
                SourceFormat.Pdf => Pdf(file).Decode(index, render ?? PageRenderings.None).WithSmallerFax(),
                _ => Tiff(file, TiffFile.Read(file, limits)[index]),
            };
        }
        catch (NativeException e)
        {
            throw new DigitizerException(FailureKind.ImageDamaged, $"The picture cannot be decoded ({e.Message.TrimEnd('.')}). Scan the page again.", e);
        }
    }

    /// <summary>Lets go of the file read last, which a PDF holds in place.</summary>
    public void Forget()
    {
        open?.Pages.Dispose();
        open = null;
    }

    public void Dispose() => Forget();

    /// <summary>A PDF stays open from page to page: finding out what each shows costs more than one page needs.</summary>
    public PdfPages Pdf(byte[] file)
    {
        if (open is not { } held || held.File != file)
        {
            Forget();
            open = (file, PdfPages.Open(file, limits, policy ?? PdfPolicy.Default));
        }

        return open.Value.Pages;
    }

    private static FrameInfo Frame(JpegHeader header, ReadOnlySpan<byte> file)
        => new(0, header.Width, header.Height, header.FitsPdf ? ImageCodes.Jpeg(file, header, isSourceFile: true) : null);

    private static FrameInfo Frame(TiffDirectory page, int index) => page.IsTiled
        ? throw new DigitizerException(FailureKind.FormatNotSupported, "The TIFF is stored in tiles, which is not read. Save it in strips, as scanners do.")
        : new FrameInfo(index, page.Width, page.Height);

    private static FrameInfo Frame(PngHeader header) => new(0, header.Width, header.Height);

    private static FrameInfo Frame((int Width, int Height) size) => new(0, size.Width, size.Height);

    private DecodedPage Jpeg(ReadOnlySpan<byte> file)
    {
        var header = JpegHeader.Read(file, limits);
        var pixels = Pix.FromJpeg(file, out var warnings);
        return header.FitsPdf
            ? new DecodedPage(pixels, ImageCodes.Jpeg(file, header, isSourceFile: true), null, header.Orientation, header.Resolution, warnings > 0)
            : DecodedPage.Lossless(pixels, header.Orientation, header.Resolution) with { Damaged = warnings > 0 };
    }

    private DecodedPage Tiff(Span<byte> file, TiffDirectory page)
    {
        var orientation = page.Orientation is >= 1 and <= 8 ? page.Orientation : 1;
        if (TiffJpeg.Join(file, page) is { } jpeg)
        {
            var header = JpegHeader.Read(jpeg, limits);
            return new DecodedPage(Pix.FromJpeg(jpeg, out var warnings), ImageCodes.Jpeg(jpeg, header, isSourceFile: false), jpeg, orientation, page.Resolution, warnings > 0);
        }

        if (page.OrientationAt >= 0)
        {
            // The decoder would turn the pixels; the PDF shows them as stored and turns the page.
            SetShort(file, page.OrientationAt, 1);
        }

        using var errors = TiffErrors.Count();
        var pixels = Pix.FromTiff(file, page.Offset);
        if (errors.Value > 0)
        {
            pixels.Dispose();
            throw new DigitizerException(FailureKind.ImageDamaged, $"Page data inside the TIFF is damaged ({errors.Value} errors). Copy or scan the page again.");
        }

        return DecodedPage.Lossless(pixels, orientation, page.Resolution);
    }

    private static void SetShort(Span<byte> file, long at, ushort value)
    {
        if (file[0] == 'I')
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file[(int)at..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(file[(int)at..], value);
        }
    }
}
