using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>PDF bombs (row D1): page trees, filters and boxes that ask for more than any scan.</summary>
internal static class PdfBombs
{
    private const string Damaged = "PdfDamaged";
    private const string TooComplex = "PdfTooComplex";
    private const string Show = "q 324 0 0 180 0 0 cm /Im0 Do Q";
    private const string Gray = "/ColorSpace /DeviceGray /BitsPerComponent 8";

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("pdf-kids-in-a-circle.pdf", Tree(1, (_, tree) => $"<< /Type /Pages /Count 1 /Kids [{tree} 0 R] >>"), Damaged),
        new("pdf-page-twice.pdf", Tree(2, (page, _) => $"<< /Type /Pages /Count 2 /Kids [{page} 0 R {page} 0 R] >>"), Damaged),
        new("pdf-million-kids.pdf", Tree(1, (page, _) => $"<< /Type /Pages /Count 1000000 /Kids [{string.Concat(Enumerable.Repeat($"{page} 0 R ", 1_000_000))}] >>"), "TooManyPages"),
        new("pdf-million-kids-unannounced.pdf", Tree(1, (page, _) => $"<< /Type /Pages /Count 1 /Kids [{string.Concat(Enumerable.Repeat($"{page} 0 R ", 1_000_000))}] >>"), "TooManyPages"),
        new("pdf-hundred-thousand-pages.pdf", ManyPages(100_000), "TooManyPages"),
        new("pdf-more-pages-announced.pdf", Tree(1, (page, _) => $"<< /Type /Pages /Count 7 /Kids [{page} 0 R] >>"), Damaged),
        new("pdf-deep-tree.pdf", DeepTree(50_000), TooComplex),
        new("pdf-nested-arrays.pdf", ScanPdf.Build("/Deep " + new string('[', 100_000) + new string(']', 100_000), "", ScanPage.Blank), Damaged),
        new("pdf-two-billion-objects.pdf", Trailer("/Size 2000000000"), TooComplex, Damaged),
        new("pdf-giant-page.pdf", ScanPdf.Of(ScanPage.Blank with { Width = 1e9, Height = 1e9 }), TooComplex),
        new("pdf-giant-page-small-picture.pdf", ScanPdf.Of(ScanPage.Blank with { Entries = "/MediaBox [0 0 14000 14000]" })),
        new("pdf-giant-unit.pdf", ScanPdf.Of(ScanPage.Blank with { Entries = "/MediaBox [0 0 324 180] /UserUnit 1e30" }), Damaged),
        new("pdf-picture-50000-squared.pdf", ScanPdf.Of(new ScanPage($"/Width 50000 /Height 50000 {Gray}", [0])), "ImageTooLarge"),
        new("pdf-jpeg-65500-squared.pdf", ScanPdf.Of(new ScanPage($"/Width 900 /Height 500 {Gray} /Filter /DCTDecode", Pictures.Jpeg(65_500, 65_500, 1))), "ImageTooLarge"),
        new("pdf-jpeg-ten-thousand-scans.pdf", ScanPdf.Of(new ScanPage($"/Width 900 /Height 500 {Gray} /Filter /DCTDecode", Pictures.Jpeg(900, 500, 10_000))), "ImageDamaged"),
        new("pdf-samples-of-a-gigabyte.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 {Gray} /Filter /FlateDecode", Pictures.Zlib(1L << 30, 0))), "ImageDamaged"),
        new("pdf-jpeg-of-a-gigabyte.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 {Gray} /Filter [/FlateDecode /DCTDecode]", Pictures.Zlib(1L << 30, 0))), TooComplex),
        new("pdf-filters-in-filters.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 {Gray} /Filter [{string.Concat(Enumerable.Repeat("/FlateDecode ", 100))}]", Pictures.Zlib(1 << 20, 0))), TooComplex),
        new("pdf-bomb-in-a-bomb.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 {Gray} /Filter [/FlateDecode /FlateDecode]", ScanPdf.Deflate(Pictures.Zlib(8L << 30, 0)))), TooComplex, "ImageDamaged"),
        new("pdf-rows-of-sixteen-million.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 {Gray} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 32 /BitsPerComponent 16 /Columns 16777216 >>", Pictures.Zlib(100 << 20, 0))), "ImageDamaged", TooComplex),
        new("pdf-jbig2.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", [0])), "ImageDamaged"),
        new("pdf-jpeg-2000.pdf", ScanPdf.Of(new ScanPage($"/Width 90 /Height 50 /Filter /JPXDecode", [0])), "ImageDamaged"),
        new("pdf-instructions-of-a-gigabyte.pdf", Instructions(Pictures.Zlib(1L << 30, (byte)' ')), TooComplex),
        new("pdf-millions-of-instructions.pdf", Instructions(ScanPdf.Deflate(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("n ", 3_000_000)) + Show))), TooComplex),
        new("pdf-forms-that-double.pdf", Forms(30, 10), TooComplex),
        new("pdf-form-in-itself.pdf", Forms(1, 1), TooComplex),
        new("pdf-cross-references-of-gigabytes.pdf", CrossReferenceStream(), TooComplex, Damaged),
        new("pdf-chain-of-cross-references-in-a-circle.pdf", Trailer("/Size 9 /Prev 99999")),
        new("pdf-objects-of-gigabytes.pdf", ObjectStream(), TooComplex, Damaged),
    ];

    private static byte[] Tree(int pages, Func<int, int, string> tree)
    {
        var pdf = new PdfBuilder();
        var (root, top) = (pdf.Reserve(), pdf.Reserve());
        var page = 0;
        for (var i = 0; i < pages; i++)
        {
            page = Page(pdf, top, "", Encoding.ASCII.GetBytes(Show));
        }

        pdf.Set(top, tree(page, top));
        pdf.Set(root, $"<< /Type /Catalog /Pages {top} 0 R >>");
        return pdf.ToArray(root);
    }

    private static int Page(PdfBuilder pdf, int parent, string contentEntries, byte[] content, string resources = "")
    {
        var image = pdf.Add("/Type /XObject /Subtype /Image " + ScanPage.Blank.Picture, ScanPage.Blank.Data);
        var contents = pdf.Add(contentEntries, content);
        return pdf.Add($"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 324 180] /Contents {contents} 0 R /Resources << /XObject << /Im0 {image} 0 R {resources} >> >> >>");
    }

    private static byte[] ManyPages(int count)
    {
        var pdf = new PdfBuilder();
        var (root, top) = (pdf.Reserve(), pdf.Reserve());
        var kids = Enumerable.Range(0, count).Select(_ => pdf.Add($"<< /Type /Page /Parent {top} 0 R /MediaBox [0 0 9 9] >>")).ToList();

        // In groups of a thousand, so that no single list gives it away.
        var groups = kids.Chunk(1000).Select(g => pdf.Add($"<< /Type /Pages /Count {g.Length} /Kids [{string.Concat(g.Select(k => $"{k} 0 R "))}] >>")).ToList();
        pdf.Set(top, $"<< /Type /Pages /Count 1 /Kids [{string.Concat(groups.Select(k => $"{k} 0 R "))}] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {top} 0 R >>");
        return pdf.ToArray(root);
    }

    private static byte[] DeepTree(int depth)
    {
        var pdf = new PdfBuilder();
        var (root, below) = (pdf.Reserve(), pdf.Reserve());
        var first = below;
        for (var i = 0; i < depth; i++)
        {
            var next = pdf.Reserve();
            pdf.Set(below, $"<< /Type /Pages /Count 1 /Kids [{next} 0 R] >>");
            below = next;
        }

        pdf.Set(below, $"<< /Type /Page /MediaBox [0 0 9 9] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {first} 0 R >>");
        return pdf.ToArray(root);
    }

    private static byte[] Instructions(byte[] packed)
    {
        var pdf = new PdfBuilder();
        var (root, top) = (pdf.Reserve(), pdf.Reserve());
        var page = Page(pdf, top, "/Filter /FlateDecode", packed);
        pdf.Set(top, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {top} 0 R >>");
        return pdf.ToArray(root);
    }

    /// <summary>Forms that show the next one so many times; the last shows the first.</summary>
    private static byte[] Forms(int count, int times)
    {
        var pdf = new PdfBuilder();
        var (root, top) = (pdf.Reserve(), pdf.Reserve());
        var first = pdf.Next;
        for (var i = 0; i < count; i++)
        {
            var next = first + ((i + 1) % count);
            pdf.Add($"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm {next} 0 R >> >>", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/Fm Do ", times))));
        }

        var page = Page(pdf, top, "", Encoding.ASCII.GetBytes("/Fm Do " + Show), $"/Fm {first} 0 R");
        pdf.Set(top, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {top} 0 R >>");
        return pdf.ToArray(root);
    }

    /// <summary>A sound file whose trailer says something else.</summary>
    private static byte[] Trailer(string entries)
    {
        var text = Encoding.Latin1.GetString(ScanPdf.Of(ScanPage.Blank));
        var (at, end) = (text.LastIndexOf("/Size ", StringComparison.Ordinal), text.LastIndexOf(" /Root", StringComparison.Ordinal));
        var table = text.LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text[..at] + entries.Replace("99999", table.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) + text[end..]);
    }

    private static byte[] CrossReferenceStream()
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"u8);
        var at = file.Position;
        var data = Pictures.Zlib(3L << 30, 0);
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"3 0 obj\n<< /Type /XRef /Size 500000000 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length {data.Length} >>\nstream\n")));
        file.Write(data);
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n")));
        return file.ToArray();
    }

    /// <summary>The page tree lies in an object stream that unpacks to gigabytes.</summary>
    private static byte[] ObjectStream()
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"u8);
        var streamAt = file.Position;
        var data = Pictures.Zlib(3L << 30, (byte)' ');
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"3 0 obj\n<< /Type /ObjStm /N 1 /First 10 /Filter /FlateDecode /Length {data.Length} >>\nstream\n")));
        file.Write(data);
        file.Write("\nendstream\nendobj\n"u8);
        var at = file.Position;
        byte[] table = [0, 0, 0, 0, 0, 255, 1, 0, 0, 0, 9, 0, 2, 0, 0, 0, 3, 0, 1, .. BigEndian(streamAt), 0, 1, .. BigEndian(at), 0];
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length {table.Length} >>\nstream\n")));
        file.Write(table);
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n")));
        return file.ToArray();
    }

    private static byte[] BigEndian(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
