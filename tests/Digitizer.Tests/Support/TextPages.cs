using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>Scans of pages with text: a small PDF in a standard font, rendered by poppler.</summary>
internal static class TextPages
{
    private static readonly string[] Lines =
    [
        "SOCIALIST REPUBLIC", "Decision number 3370 of the committee", "The committee has decided as follows",
        "Every dossier is received at the counter", "and returned within five working days", "The chairman signs this decision",
    ];

    /// <summary>Names of the formats, as <see cref="Create"/> takes them.</summary>
    public const string Jpeg = "jpg";

    /// <summary>Black and white.</summary>
    public const string Tiff = "tif";

    /// <summary>An A4 page with a few lines of text.</summary>
    public static string Create(TempFolder folder, string name, string format, string mark = "", int dpi = 150)
    {
        var pdf = folder.File(name + ".pdf", Pdf([.. Lines, mark]));
        string[] options = format == Jpeg ? ["-jpeg"] : ["-mono", "-tiff", "-tiffcompression", "lzw"];
        Run("pdftoppm", [.. options, "-singlefile", "-r", dpi.ToString(CultureInfo.InvariantCulture), pdf, folder[name]]);
        File.Delete(pdf);
        return folder[$"{name}.{format}"];
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    // ISO 32000-1, 7.5: objects, a table of their offsets, a trailer.
    private static byte[] Pdf(IEnumerable<string> lines)
    {
        var content = $"BT /F1 18 Tf 60 760 Td 40 TL {string.Join(' ', lines.Select(line => $"({line}) Tj T*"))} ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{pdf.Length:D10} 00000 n \n");
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = pdf.Length;
        pdf.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
