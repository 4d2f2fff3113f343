using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Compact;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>Makes the picture of a page small with loss, and keeps it only if the page still reads as it did.</summary>
/// <remarks>
/// <para>1. Layers, if the page can be parted into paper and inks and that is clearly smaller.</para>
/// <para>2. A JPEG file, of a picture that is no JPEG file yet: coding one again loses, and gains little.</para>
/// <para>3. Each is put together as a PDF reader does, cleaned and read, and compared with the page as it came; the first that passes is taken.</para>
/// </remarks>
/// <param name="cleaner">Cleans what is shown.</param>
/// <param name="recognizer">Reads it.</param>
internal sealed class CompactRendition(PageCleaner cleaner, IPageRecognizer recognizer)
{
    // Less gain is not worth a loss.
    private const double MostOfBytes = 0.75;

    // Parting needs twenty bytes a pixel; A4 at 600 dpi has 35 million.
    private const long MostPixels = 40_000_000;

    // Well below what the proof of the finished PDF lets pass, so that a page falls back here and does not fail there; paper's grain alone makes 0.22.
    private const double MostPictureDifference = 0.3;

    // Characters that may read differently, of those of the page. Measured: see docs/decisions/0020-compact.md.
    private const double MostChanged = 1 / 300.0;

    // Coarser pages are looked at enlarged, where more is seen to be lost than a reading at their own scale tells: nothing may differ then.
    private const double FineDpi = 250;

    /// <summary>Makes it.</summary>
    /// <param name="page">The page as it came.</param>
    /// <param name="clean">As it was cleaned.</param>
    /// <param name="text">As it was read.</param>
    /// <returns>The picture and its coded bytes; null: the page stays as it came.</returns>
    public (PageImage Image, byte[] Bytes)? Make(DecodedPage page, CleanPage clean, PageText text)
    {
        try
        {
            return MayChange(page) ? FirstThatPasses(page, clean, text) : null;
        }
        catch (NativeException)
        {
            // The page has been read: what fails here must not cost it its text.
            return null;
        }
    }

    /// <summary>The page in layers; null if it cannot be parted, or nothing is gained. Not compared yet.</summary>
    public static CompactPicture? Layers(DecodedPage page, CleanPage clean)
    {
        // A page on which nothing is to be read cannot be compared by reading.
        if (clean.IsBlank || page.Pixels.Depth == 1 || CompactSeparation.Separate(page.Pixels, clean.Geometry.Dpi).Page is not { } layers)
        {
            return null;
        }

        var (image, bytes) = ImageCodes.Layers(layers, page.Image.Width, page.Image.Height);
        return IsSmall(image, page) ? new CompactPicture(image, bytes, Composition.Of(layers, image.Width, image.Height)) : null;
    }

    /// <summary>Reads the page as it would be shown and compares.</summary>
    /// <param name="page">As it came.</param>
    /// <param name="clean">As it was cleaned.</param>
    /// <param name="text">As it was read.</param>
    /// <param name="shown">As it would be shown.</param>
    public CompactComparison Compare(DecodedPage page, CleanPage clean, PageText text, Pix shown)
    {
        var difference = PictureDifference.Worst(Thumbnail(page.Pixels, clean.Geometry), Thumbnail(shown, clean.Geometry));
        if (difference > MostPictureDifference)
        {
            return new CompactComparison(difference, null, 0);
        }

        using var again = cleaner.Clean(page with { Pixels = shown });
        var reading = ReadingDifference.Of(text, again.IsBlank ? PageText.Empty : recognizer.Read(again));
        return new CompactComparison(difference, reading, clean.Geometry.Dpi < FineDpi ? 0 : MostChanged);
    }

    private (PageImage Image, byte[] Bytes)? FirstThatPasses(DecodedPage page, CleanPage clean, PageText text)
    {
        foreach (var candidate in (ReadOnlySpan<Func<DecodedPage, CleanPage, CompactPicture?>>)[Layers, Jpeg])
        {
            using var picture = candidate(page, clean);
            if (picture is not null && Compare(page, clean, text, picture.Pixels).Passes)
            {
                return (picture.Image, picture.Bytes);
            }
        }

        return null;
    }

    // A damaged page may show more to others; a signed PDF is handed on as it came.
    private static bool MayChange(DecodedPage page)
        => page is { Damaged: false, Origin: null or { IsSealed: false } } && (long)page.Pixels.Width * page.Pixels.Height <= MostPixels;

    private static CompactPicture? Jpeg(DecodedPage page, CleanPage clean)
    {
        if (page.Image.Encoding != ImageEncoding.Flate || page.Pixels.Depth == 1)
        {
            return null;
        }

        var (image, bytes) = ImageCodes.Lossy(page.Pixels);
        return IsSmall(image, page) ? new CompactPicture(image, bytes, Pix.FromJpeg(bytes, out _)) : null;
    }

    private static bool IsSmall(PageImage image, DecodedPage page) => image.Bytes <= MostOfBytes * page.Image.Bytes;

    private static GrayPicture Thumbnail(Pix pixels, PageGeometry geometry) => PageThumbnail.Picture(pixels, geometry.Matrix, geometry.Dpi);
}

/// <summary>A picture made small.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Bytes">Its coded bytes.</param>
/// <param name="Pixels">As it is shown.</param>
internal sealed record CompactPicture(PageImage Image, byte[] Bytes, Pix Pixels) : IDisposable
{
    public void Dispose() => Pixels.Dispose();
}

/// <summary>A page made small beside the page as it came.</summary>
/// <param name="Picture">As of <see cref="PictureDifference"/>.</param>
/// <param name="Reading">Null: it was not even read.</param>
/// <param name="MostChanged">The highest rate at which it may read differently.</param>
internal sealed record CompactComparison(double Picture, ReadingDifference? Reading, double MostChanged)
{
    /// <summary>Whether the page may be shown so.</summary>
    public bool Passes => Reading is { SameNumbers: true, SameTicks: true } reading && reading.Rate <= MostChanged;
}
