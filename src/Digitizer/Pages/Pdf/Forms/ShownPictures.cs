using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages.Jbig2;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>Looks whether pictures on pages can be decoded: a renderer leaves out what it cannot decode, and often does not say so.</summary>
/// <param name="limits">Of pages.</param>
/// <param name="pdfLimits">Of PDFs.</param>
internal sealed class ShownPictures(PageLimits limits, PdfLimits pdfLimits)
{
    // Leptonica keeps colour in 32 bits.
    private const int SizeOfPixel = 4;

    // Of all pictures of a page together; more than any page needs is looked at no further.
    private const double MostPixels = 200e6;

    // A letterhead's emblem stands on every page.
    private readonly Dictionary<(int Id, int Generation), bool> known = [];

    /// <summary>Decodes them.</summary>
    /// <param name="file">The PDF.</param>
    /// <param name="pictures">Image XObjects.</param>
    /// <returns>False if data of one is missing or damaged. What is described oddly, and codings that are not ours to decode, count as sound.</returns>
    /// <exception cref="NativeException">There is no memory for one.</exception>
    /// <exception cref="DigitizerException">PageOutOfMemory.</exception>
    public bool AreSound(QpdfFile file, IEnumerable<(int Id, int Generation)> pictures)
    {
        var left = MostPixels;
        foreach (var id in pictures)
        {
            if (!known.TryGetValue(id, out var isSound))
            {
                var picture = file.Object(id.Id, id.Generation);
                left -= Pixels(picture);
                known[id] = isSound = left < 0 || IsSound(picture);
            }

            if (!isSound)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSound(QpdfObject picture)
    {
        try
        {
            var filters = StreamFilters.Of(picture, pdfLimits);
            return filters.Coding switch
            {
                "JBIG2Decode" => filters.Unpack(picture, pdfLimits.MaxCodedPicture) is not { } stream || Jbig2Segments.AreWhole(stream),
                "DCTDecode" => filters.Unpack(picture, pdfLimits.MaxCodedPicture) is not { } jpeg || IsSoundJpeg(jpeg),
                "JPXDecode" => true,
                _ => Described(picture) is not { } description || description.HasItsData(picture, limits, pdfLimits),
            };
        }
        catch (DigitizerException e) when (e.Kind != FailureKind.PageOutOfMemory)
        {
            return e.Kind is not (FailureKind.ImageDamaged or FailureKind.FileTruncated or FailureKind.PdfDamaged);
        }
        catch (NativeException) when (MemoryRoom.IsThere((long)Pixels(picture) * SizeOfPixel))
        {
            return false;
        }
    }

    private bool IsSoundJpeg(byte[] jpeg)
    {
        JpegHeader.Read(jpeg, limits);
        using var pixels = Pix.FromJpeg(jpeg, out var warnings);
        return warnings == 0;
    }

    /// <returns>Null for what we would not decode ourselves.</returns>
    private PdfPicture? Described(QpdfObject picture)
    {
        try
        {
            return PdfPicture.Of(picture, paintsBlack: true, limits, pdfLimits);
        }
        catch (DigitizerException e) when (e.Kind != FailureKind.PageOutOfMemory)
        {
            return null;
        }
    }

    private static double Pixels(QpdfObject picture) => (double)(picture["Width"].Integer ?? 0) * (picture["Height"].Integer ?? 0);
}
