using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>A PDF whose one page, of 324 × 180 points, shows a form and nothing else.</summary>
internal static class FormFile
{
    /// <summary>The form may show the picture /Im0, text in the font /F1, and itself, /Fm0.</summary>
    /// <param name="entries">Of the form's dictionary.</param>
    /// <param name="content">Of the form.</param>
    public static byte[] Of(string entries, string content)
    {
        var pdf = new PdfBuilder();
        var (root, tree, form) = (pdf.Reserve(), pdf.Reserve(), pdf.Next + 3);
        var image = pdf.Add("/Type /XObject /Subtype /Image " + ScanPage.Blank.Picture, ScanPage.Blank.Data);
        var contents = pdf.Add("", "/Fm0 Do"u8.ToArray());
        var resources = $"/Resources << /XObject << /Im0 {image} 0 R /Fm0 {form} 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
        var page = pdf.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 324 180] /Contents {contents} 0 R {resources} >>");
        pdf.Add(entries, Encoding.Latin1.GetBytes(content));
        pdf.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R >>");
        return pdf.ToArray(root);
    }
}
