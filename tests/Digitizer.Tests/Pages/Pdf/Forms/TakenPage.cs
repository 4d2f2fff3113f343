using System.Globalization;
using System.Text;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>A page as it is taken in, without its text.</summary>
internal static class TakenPage
{
    /// <summary>A page of a file that must be a form.</summary>
    /// <param name="file">The PDF.</param>
    /// <param name="index">The page, from 0.</param>
    public static PageForm Of(byte[] file, int index = 0)
    {
        using var pdf = PdfPages.Open(file, PageLimits.Default, PdfPolicy.Default);
        return Of(pdf, index);
    }

    public static PageForm Of(PdfPages pdf, int index)
    {
        using var decoded = pdf.Decode(index, White);
        return decoded.Form!.Page;
    }

    /// <summary>A sheet of white, of the size that is asked for.</summary>
    public static RenderedPage White(RenderRequest request)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{request.Width} {request.Height}\n255\n"));
        var picture = new byte[head.Length + (3 * request.Width * request.Height)];
        picture.AsSpan().Fill(255);
        head.CopyTo(picture, 0);
        return new RenderedPage(picture, null, MetLosses: false);
    }
}
