using System.Globalization;
using System.Text;
using Digitizer.Pages;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Assembly;

/// <summary>Writes a page in layers as a form XObject (ISO 32000-1, 8.10) of the unit square, so that it is placed as a picture is.</summary>
internal static class LayersForm
{
    /// <summary>Writes its pictures and the form.</summary>
    /// <param name="file">Takes them.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="data">The coded bytes of all, from its position on.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The form's object number.</returns>
    public static int Write(PdfFileWriter file, PageLayers layers, Stream data, CancellationToken cancellation)
    {
        var (resources, content) = (new StringBuilder(), new StringBuilder());
        if (layers.Background is { } background)
        {
            resources.Append(CultureInfo.InvariantCulture, $"/Paper {Picture(file, ImageStream.Entries(background), background, data, cancellation)} 0 R ");
            content.Append("/Paper Do\n");
        }
        else
        {
            content.Append(CultureInfo.InvariantCulture, $"{Colour(layers.Paper)} 0 0 1 1 re f\n");
        }

        foreach (var (number, ink) in layers.Inks.Index())
        {
            resources.Append(CultureInfo.InvariantCulture, $"/Ink{number + 1} {Picture(file, ImageStream.StencilEntries(ink.Mask), ink.Mask, data, cancellation)} 0 R ");
            content.Append(CultureInfo.InvariantCulture, $"{Colour(ink.Colour)} /Ink{number + 1} Do\n");
        }

        var form = file.Reserve();
        file.Stream(
            form,
            $"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << {resources}>> >> /Filter /FlateDecode",
            Deflate.Compress(Encoding.ASCII.GetBytes(content.ToString())));
        return form;
    }

    private static int Picture(PdfFileWriter file, string entries, PageImage image, Stream data, CancellationToken cancellation)
    {
        var number = file.Reserve();
        file.StreamPart(number, entries, data, image.Bytes, cancellation);
        return number;
    }

    private static string Colour(Rgb colour) => string.Join(' ', new[] { colour.R, colour.G, colour.B }.Select(part => Number(part / 255.0))) + " rg";
}
