using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>PDFs as word processors write them, page by page: text in an embedded font, scans, and whatever a test draws.</summary>
internal sealed class PdfDraft
{
    /// <summary>Points.</summary>
    public const int Width = 595;

    /// <summary>Points.</summary>
    public const int Height = 842;

    private readonly List<int> kids = [];
    private readonly int root;
    private readonly int tree;
    private readonly Lazy<int> font;
    private readonly SortedDictionary<int, char> glyphs = [];

    public PdfDraft()
    {
        (root, tree) = (Builder.Reserve(), Builder.Reserve());
        font = new Lazy<int>(Builder.Reserve);
    }

    /// <summary>Takes further objects.</summary>
    public PdfBuilder Builder { get; } = new();

    /// <summary>Further entries of the page tree, which pages inherit.</summary>
    public string Inherited { get; init; } = "";

    /// <summary>Number of the font /F1 of all pages: Vietnamese, embedded, with its way back to Unicode.</summary>
    public int Font => font.Value;

    /// <summary>A4 with lines of text from the top.</summary>
    public PdfDraft Text(params string[] lines) => Page($"/MediaBox [0 0 {Width} {Height}]", Lines(lines));

    /// <summary>A page with the font.</summary>
    /// <param name="entries">Of the page, besides parent, contents and resources.</param>
    /// <param name="content">Drawing instructions.</param>
    /// <param name="resources">Besides the font.</param>
    public PdfDraft Page(string entries, string content, string resources = "")
    {
        var contents = Builder.Add("/Filter /FlateDecode", ScanPdf.Deflate(Encoding.Latin1.GetBytes(content)));
        return Raw($"{entries} /Contents {contents} 0 R /Resources << /Font << /F1 {Font} 0 R >> {resources} >>");
    }

    /// <summary>A page of which all is given but type and parent.</summary>
    public PdfDraft Raw(string entries)
    {
        kids.Add(Builder.Add($"<< /Type /Page /Parent {tree} 0 R {entries} >>"));
        return this;
    }

    /// <summary>One picture of the whole sheet.</summary>
    public PdfDraft Scan(ScanPage page)
    {
        var image = Builder.Add($"/Type /XObject /Subtype /Image {page.Picture}", page.Data);
        var (width, height) = (page.Width.ToString(CultureInfo.InvariantCulture), page.Height.ToString(CultureInfo.InvariantCulture));
        return Page(page.Entries ?? $"/MediaBox [0 0 {width} {height}]", page.Content ?? $"q {width} 0 0 {height} 0 0 cm /Im0 Do Q", $"/XObject << /Im0 {image} 0 R >>");
    }

    /// <summary>Instructions that show lines of text, the first at the given place.</summary>
    public string Lines(string[] lines, double x = 60, double y = 760, double size = 12)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"BT /F1 {size} Tf {size * 1.6} TL {x} {y} Td "));
        foreach (var line in lines)
        {
            text.Append('<');
            foreach (var letter in line)
            {
                var glyph = TrueTypeFile.Installed.Glyph(letter);
                glyphs[glyph] = letter;
                text.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
            }

            text.Append("> Tj T* ");
        }

        return text.Append("ET").ToString();
    }

    /// <summary>The whole file.</summary>
    /// <param name="catalog">Further entries.</param>
    /// <param name="trailer">Further entries.</param>
    public byte[] ToArray(string catalog = "", string trailer = "")
    {
        if (font.IsValueCreated)
        {
            SetFont();
        }

        Builder.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] {Inherited} >>");
        Builder.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R {catalog} >>");
        return Builder.ToArray(root, trailer);
    }

    // A composite font of TrueType outlines, codes = glyphs (ISO 32000-1, 9.7.4).
    private void SetFont()
    {
        var program = TrueTypeFile.Installed;
        var file = Builder.Add($"/Length1 {program.Bytes.Length} /Filter /FlateDecode", ScanPdf.Deflate(program.Bytes));
        var about = Builder.Add($"<< /Type /FontDescriptor /FontName /ABCDEF+Sans /Flags 4 /FontBBox [-1000 -300 1500 1000] /ItalicAngle 0 /Ascent 900 /Descent -240 /CapHeight 730 /StemV 80 /FontFile2 {file} 0 R >>");
        var widths = string.Join(' ', glyphs.Keys.Select(g => $"{g} [{program.Width(g)}]"));
        var inner = Builder.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Sans /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {about} 0 R /DW 600 /W [{widths}] /CIDToGIDMap /Identity >>");
        var letters = string.Concat(glyphs.Chunk(100).Select(part => $"{part.Length} beginbfchar\n{string.Concat(part.Select(g => $"<{g.Key:X4}> <{(int)g.Value:X4}>\n"))}endbfchar\n"));
        var unicode = Builder.Add("", Encoding.ASCII.GetBytes(
            $"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{letters}endcmap CMapName currentdict /CMap defineresource pop end end"));
        Builder.Set(font.Value, $"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Sans /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {unicode} 0 R >>");
    }
}
