using Digitizer.Native;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Pages;

/// <summary>A decoded page: its pixels as stored, and its picture as the PDF will hold it.</summary>
/// <param name="Pixels">1, 8 or 32 bits a pixel, no orientation applied.</param>
/// <param name="Image">The picture.</param>
/// <param name="ImageBytes">The picture's coded bytes, or null if they are the source file.</param>
/// <param name="Orientation">EXIF or TIFF orientation tag, 1–8.</param>
/// <param name="Resolution">As the file says: a hint only.</param>
/// <param name="Damaged">The decoder met bad data and went on.</param>
internal sealed record DecodedPage(
    Pix Pixels, PageImage Image, byte[]? ImageBytes, int Orientation, TaggedResolution Resolution, bool Damaged) : IDisposable
{
    /// <summary>What is to be known of the PDF that the page is of; null: it is of none.</summary>
    public PdfOrigin? Origin { get; init; }

    /// <summary>For a page that is shown as it came: what it says of itself; null for a picture.</summary>
    public FormText? Form { get; init; }

    /// <summary>A page whose picture is coded anew, without loss.</summary>
    /// <param name="decoded">Any depth; disposed.</param>
    /// <param name="orientation">Orientation tag, 1–8.</param>
    /// <param name="resolution">As the file says: a hint only.</param>
    public static DecodedPage Lossless(Pix decoded, int orientation, TaggedResolution resolution)
    {
        using (decoded)
        {
            var pixels = decoded.Flatten();
            var (image, bytes) = ImageCodes.Lossless(pixels);
            return new DecodedPage(pixels, image, bytes, orientation, resolution, Damaged: false);
        }
    }

    /// <summary>The same page, its fax coded anew where that makes it smaller.</summary>
    /// <remarks>A damaged one keeps its bytes: other readers may see more in them.</remarks>
    public DecodedPage WithSmallerFax()
    {
        if (Damaged || Image.Encoding is not (ImageEncoding.CcittG3 or ImageEncoding.CcittG4))
        {
            return this;
        }

        var (image, bytes) = ImageCodes.Lossless(Pixels);
        return image.Bytes < Image.Bytes ? this with { Image = image, ImageBytes = bytes } : this;
    }

    public void Dispose() => Pixels.Dispose();
}
