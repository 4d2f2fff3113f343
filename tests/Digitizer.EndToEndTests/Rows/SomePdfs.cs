using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Sound PDFs of many makes, small: pictures in every coding that scanners use, alone and beside text, and what word processors and forms do.</summary>
internal static class SomePdfs
{
    private const string A4 = "/MediaBox [0 0 595 842]";
    private static readonly string[] Text = ["Ủy ban nhân dân phường Đông Hòa", "Quyết định về việc giải quyết hồ sơ"];

    public static IReadOnlyDictionary<string, byte[]> All { get; } = Everything().ToDictionary(file => file.Name + ".pdf", file => file.Bytes);

    private static IEnumerable<(string Name, byte[] Bytes)> Everything()
    {
        foreach (var (name, page) in ScanPictures.All)
        {
            yield return ("scan of " + name, ScanPdf.Of(page));
            yield return ("text beside " + name, new PdfDraft().Text(Text).Scan(page with { Content = "q 300 0 0 170 12 5 cm /Im0 Do Q BT /F1 9 Tf 3 3 Td <0003> Tj ET" }).ToArray());
        }

        yield return ("text", new PdfDraft().Text(Text).ToArray());
        yield return Drawn("turned", $"{A4} /Rotate 90");
        yield return Drawn("in a small box", $"{A4} /CropBox [50 700 400 800]");
        yield return Drawn("in larger units", $"{A4} /UserUnit 2");
        yield return Drawn("with a link", $"{A4} /Annots [<< /Type /Annot /Subtype /Link /Rect [50 600 550 780] /Border [0 0 0] /A << /S /URI /URI (https://example.org) >> >>]");
        yield return Drawn("with a comment", $"{A4} /Annots [<< /Type /Annot /Subtype /Text /Rect [300 400 320 420] /Contents (x) >>]");
        yield return Looking("with a stamp", "/Subtype /Stamp");
        yield return Looking("with a field", "/Subtype /Widget /FT /Tx /V (x)");
        yield return ("in a language", new PdfDraft().Text(Text).ToArray("/Lang (vi) /PageLabels << /Nums [0 << /S /r >>] >> /ViewerPreferences << >>"));
        yield return ("empty", new PdfDraft().Raw(A4).ToArray());
        yield return ("with a script", new PdfDraft().Text(Text).ToArray("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"));
    }

    private static (string Name, byte[] Bytes) Drawn(string name, string entries)
    {
        var pdf = new PdfDraft();
        return (name, pdf.Page(entries, pdf.Lines(Text)).ToArray());
    }

    private static (string Name, byte[] Bytes) Looking(string name, string entries)
    {
        var pdf = new PdfDraft();
        var look = pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 100 50]", "1 0 0 rg 0 0 100 50 re f"u8.ToArray());
        return (name, pdf.Page($"{A4} /Annots [<< /Type /Annot {entries} /Rect [300 500 400 550] /F 4 /AP << /N {look} 0 R >> >>]", pdf.Lines(Text)).ToArray());
    }
}
