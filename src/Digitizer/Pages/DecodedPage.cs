using Digitizer.Native;

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
    public void Dispose() => Pixels.Dispose();
}
