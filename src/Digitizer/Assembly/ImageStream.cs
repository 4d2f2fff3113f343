using Digitizer.Pages;

namespace Digitizer.Assembly;

/// <summary>How a page picture is described to a PDF reader (ISO 32000-1, 8.9.5); its bytes stay as they are.</summary>
internal static class ImageStream
{
    /// <summary>The entries of the image dictionary without /Length.</summary>
    public static string Entries(PageImage image)
    {
        var (space, bits) = image.Color switch
        {
            ImageColor.Bitonal => ("/DeviceGray", 1),
            ImageColor.Gray => ("/DeviceGray", 8),
            _ => ("/DeviceRGB", 8),
        };
        return $"/Type /XObject /Subtype /Image /Width {image.Width} /Height {image.Height} /ColorSpace {space} /BitsPerComponent {bits} {Filter(image, bits)}";
    }

    /// <summary>As <see cref="Entries"/>, of a bitonal picture through whose black pixels a colour is painted (ISO 32000-1, 8.9.6.2).</summary>
    public static string StencilEntries(PageImage mask)
        => $"/Type /XObject /Subtype /Image /Width {mask.Width} /Height {mask.Height} /ImageMask true /BitsPerComponent 1 {Filter(mask, 1)}";

    private static string Filter(PageImage image, int bits) => image.Encoding switch
    {
        ImageEncoding.Jpeg => "/Filter /DCTDecode",
        ImageEncoding.CcittG4 or ImageEncoding.CcittG3 => $"/Filter /CCITTFaxDecode /DecodeParms << /K {image.Fax?.K ?? -1} /Columns {image.Width} /Rows {image.Height} /BlackIs1 {Flag(image.BlackIs1)}{Further(image.Fax)} >>",
        ImageEncoding.Jbig2 => "/Filter /JBIG2Decode",
        _ => $"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {(image.Color == ImageColor.Rgb ? 3 : 1)} /BitsPerComponent {bits} /Columns {image.Width} >>",
    };

    /// <summary>Only what differs from the defaults of ISO 32000-1, table 11.</summary>
    private static string Further(FaxCoding? fax) => fax is null ? "" : string.Concat(
        fax.EndOfLine ? " /EndOfLine true" : "",
        fax.ByteAligned ? " /EncodedByteAlign true" : "",
        fax.EndOfBlock ? "" : " /EndOfBlock false");

    private static string Flag(bool value) => value ? "true" : "false";
}
