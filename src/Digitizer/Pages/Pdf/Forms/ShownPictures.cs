using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages.Jbig2;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>Looks whether pictures on a page can be decoded: a renderer leaves out what it cannot decode, and often does not say so.</summary>
internal static class ShownPictures
{
    // Of all pictures of a page together; more than any page needs is looked at no further.
    private const double MostPixels = 200e6;

    /// <summary>Decodes them.</summary>
    /// <param name="pictures">Image XObjects.</param>
    /// <param name="limits">Of pages.</param>
    /// <param name="pdfLimits">Of PDFs.</param>
    /// <returns>False if one is damaged. Of codings that are not ours to decode, only what can be told is.</returns>
    public static bool AreSound(IEnumerable<QpdfObject> pictures, PageLimits limits, PdfLimits pdfLimits)
    {
        var left = MostPixels;
        foreach (var picture in pictures)
        {
            left -= (double)(picture["Width"].Integer ?? 0) * (picture["Height"].Integer ?? 0);
            if (left >= 0 && !IsSound(picture, limits, pdfLimits))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSound(QpdfObject picture, PageLimits limits, PdfLimits pdfLimits)
    {
        try
        {
            var filters = StreamFilters.Of(picture, pdfLimits);
            if (filters.Coding == "JBIG2Decode")
            {
                return filters.Unpack(picture, pdfLimits.MaxCodedPicture) is not { } stream || Jbig2Segments.AreWhole(stream);
            }

            using var decoded = PdfPicture.Of(picture, paintsBlack: true, limits, pdfLimits).Decode(picture, 1, TaggedResolution.Square(0), limits, pdfLimits);
            return !decoded.Damaged;
        }
        catch (DigitizerException e)
        {
            return e.Kind is not (FailureKind.ImageDamaged or FailureKind.FileTruncated or FailureKind.PdfDamaged);
        }
        catch (NativeException)
        {
            return false;
        }
    }
}
