using System.Text;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.2.11.</summary>
public sealed class FontConformanceTests
{
    private const string ToUnicode = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0002> <0041> endbfrange";

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    private static Dictionary<string, (ConformingPdf Pdf, string Clause)> Cases { get; } = new()
    {
        ["a font without type"] = (Plain("/Type /Font ", ""), "6.2.11.2"),
        ["a font of a type that does not exist"] = (Plain("/TrueType", "/Type9"), "6.2.11.2"),
        ["a font without name"] = (Plain("/BaseFont /AAAAAA+Test", ""), "6.2.11.2"),
        ["a name that is no UTF-8"] = (Plain("+Test", "#FF"), "6.1.8"),
        ["no first character"] = (Plain("/FirstChar 65", ""), "6.2.11.2"),
        ["too few widths"] = (Plain("[600 700]", "[600]"), "6.2.11.2"),
        ["a program that is none"] = (new() { Program = [1, 2, 3] }, "6.2.11.2"),
        ["a font that is not embedded"] = (Described("/FontFile2 {program}", ""), "6.2.11.4"),
        ["a standard font that is not embedded"] = (new() { Font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>" }, "6.2.11.4"),
        ["a character that the program lacks"] = (new ConformingPdf { Content = "BT /F1 9 Tf (C) Tj ET", Font = ConformingPdf.PlainFont.Replace("/LastChar 66 /Widths [600 700]", "/LastChar 67 /Widths [600 700 500]", StringComparison.Ordinal) }, "6.2.11.4"),
        ["another width than the program's"] = (Plain("[600 700]", "[602 700]"), "6.2.11.5"),
        ["a symbolic font with an encoding"] = (Described("/Flags 32", "/Flags 4"), "6.2.11.6"),
        ["a plain font without encoding"] = (Plain("/Encoding /WinAnsiEncoding", ""), "6.2.11.6"),
        ["differences with names that nobody knows"] = (Plain("/WinAnsiEncoding", "<< /BaseEncoding /WinAnsiEncoding /Differences [65 /glyph1] >>"), "6.2.11.6"),
        ["a symbolic font without meaning"] = (Symbolic(""), "6.2.11.7"),
        ["a font that means nothing"] = (Mapped("<41> <0000>"), "6.2.11.7"),
        ["a font that means a byte order mark"] = (Mapped("<41> <FEFF>"), "6.2.11.7"),
        ["the glyph for missing characters"] = (Plain("/WinAnsiEncoding", "<< /BaseEncoding /WinAnsiEncoding /Differences [65 /.notdef] >>"), "6.2.11.8"),
        ["a composite font without map to glyphs"] = (Composite(c => c.Replace("/CIDToGIDMap /Identity", "", StringComparison.Ordinal)), "6.2.11.3"),
        ["a composite font without ToUnicode"] = (Composite(c => c, toUnicode: ""), "6.2.11.7"),
        ["a composite font with other widths"] = (Composite(c => c.Replace("[600 700]", "[600 710]", StringComparison.Ordinal)), "6.2.11.5"),
        ["a composite font, character 0"] = (Composite(c => c, text: "<0000>"), "6.2.11.8"),
        ["a composite font, a character too far"] = (Composite(c => c, text: "<0003>"), "6.2.11.4"),
        ["a CMap that is not embedded"] = (Composite(c => c, encoding: "/Nobody-H"), "6.2.11.3"),
        ["a CMap that builds on one not embedded"] = (CMap("/Nobody-H usecmap", "/Identity"), "6.2.11.3"),
        ["a CMap of two directions"] = (CMap("/WMode 1 def", "/Identity"), "6.2.11.3"),
        ["a CMap of another collection"] = (CMap("", "/Korea1"), "6.2.11.3"),
        ["a CID that is too large"] = (CMap("1 begincidchar <0009> 65536 endcidchar", "/Identity"), "6.1.13"),
        ["a CIDSet that lacks a character"] = (Composite(c => c, descriptor: "/CIDSet {s1}", set: [0x40]), "6.2.11.4"),
        ["a compact font with other widths"] = (Type1("/FontFile3", TestFonts.Compact(), "[600 703]", ""), "6.2.11.5"),
        ["a compact font of an unknown kind"] = (Type1("/FontFile3", TestFonts.Compact(), "[600 700]", "") with { ProgramEntries = "/Subtype /Type9C" }, "6.2.11.2"),
        ["a compact font with a wrong CharSet"] = (Type1("/FontFile3", TestFonts.Compact(), "[600 700]", "/CharSet (/A)"), "6.2.11.4"),
        ["a Type 1 font with other widths"] = (Type1("/FontFile", TestFonts.Type1(), "[500 700]", ""), "6.2.11.5"),
        ["a Type 3 font with other widths"] = (Type3("/Widths [750]", "/A"), "6.2.11.5"),
        ["a Type 3 font without the glyph"] = (Type3("/Widths [500]", "/B"), "6.2.11.4"),
    };

    public static TheoryData<string> Right => [.. Allowed.Keys];

    private static Dictionary<string, ConformingPdf> Allowed { get; } = new()
    {
        ["a width half a thousandth off"] = Plain("[600 700]", "[600.5 700]"),
        ["differences with known names"] = Plain("/WinAnsiEncoding", "<< /BaseEncoding /WinAnsiEncoding /Differences [65 /A /B] >>"),
        ["a symbolic font"] = Symbolic("/ToUnicode {s0}"),
        ["a composite font"] = Composite(c => c),
        ["a composite font with a CIDSet"] = Composite(c => c, descriptor: "/CIDSet {s1}", set: [0x60]),
        ["a composite font with a CMap of its own"] = CMap("", "/Identity"),
        ["a compact font"] = Type1("/FontFile3", TestFonts.Compact(), "[600 700]", "/CharSet (/A/B)"),
        ["a Type 1 font"] = Type1("/FontFile", TestFonts.Type1(), "[600 700]", "/CharSet (/A/B)"),
        ["a Type 3 font"] = Type3("/Widths [500]", "/A"),
        ["a font that is not embedded, for invisible text"] = Described("/FontFile2 {program}", "") with { Content = "BT 3 Tr /F1 9 Tf (AB) Tj ET" },
        ["characters without glyphs, invisible"] = new() { Content = "BT 3 Tr /F1 9 Tf (C) Tj ET", Font = ConformingPdf.PlainFont.Replace("/LastChar 66 /Widths [600 700]", "/LastChar 67 /Widths [600 700 500]", StringComparison.Ordinal) },
        ["a font that is named and not used"] = Described("/FontFile2 {program}", "") with { Content = "q Q" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_font_that_does_not_conform_is_found(string name) => Assert.Contains(Cases[name].Clause, Cases[name].Pdf.Clauses());

    [Theory]
    [MemberData(nameof(Right))]
    public void A_font_that_conforms_raises_no_alarm(string name) => Assert.Empty(Allowed[name].Clauses());

    private static ConformingPdf Plain(string right, string wrong) => new() { Font = ConformingPdf.PlainFont.Replace(right, wrong, StringComparison.Ordinal) };

    private static ConformingPdf Described(string right, string wrong)
    {
        var pdf = new ConformingPdf();
        return pdf with { Descriptor = pdf.Descriptor.Replace(right, wrong, StringComparison.Ordinal) };
    }

    private static ConformingPdf Mapped(string pair)
        => Plain("/Encoding", "/ToUnicode {s0} /Encoding") with { Streams = [("", Ascii($"1 beginbfchar {pair} endbfchar"))] };

    private static ConformingPdf Symbolic(string toUnicode) => Described("/Flags 32", "/Flags 4") with
    {
        Font = ConformingPdf.PlainFont.Replace("/Encoding /WinAnsiEncoding", toUnicode, StringComparison.Ordinal),
        Program = TestFonts.TrueType(3, 0, 0xF041),
        Streams = [("", Ascii("1 beginbfrange <41> <42> <0041> endbfrange"))],
    };

    private static ConformingPdf Composite(Func<string, string> spoil, string text = "<00010002>", string encoding = "/Identity-H", string toUnicode = "/ToUnicode {s0}", string descriptor = "", byte[]? set = null)
    {
        var pdf = new ConformingPdf();
        return pdf with
        {
            Content = $"BT /F1 9 Tf {text} Tj ET",
            Font = $"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Test /Encoding {encoding} /DescendantFonts [{{o0}}] {toUnicode} >>",
            Objects = [spoil("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} /CIDToGIDMap /Identity /DW 500 /W [1 [600 700]] >>")],
            Descriptor = pdf.Descriptor.Replace("/FontFile2", $"{descriptor} /FontFile2", StringComparison.Ordinal),
            Streams = [("", Ascii(ToUnicode)), ("", set ?? [])],
        };
    }

    private static ConformingPdf CMap(string more, string ordering)
    {
        var font = Composite(c => c, encoding: "{s2}");
        var system = $"/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering[1..]}) /Supplement 0 >>";
        var map = $"/CMapName /Own def {more} 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0001> <0002> 1 endcidrange";
        return font with { Streams = [.. font.Streams, ($"/Type /CMap /CMapName /Own {system}", Ascii(map))] };
    }

    private static ConformingPdf Type1(string key, byte[] program, string widths, string descriptor)
    {
        var pdf = new ConformingPdf();
        return pdf with
        {
            Font = ConformingPdf.PlainFont.Replace("/TrueType", "/Type1", StringComparison.Ordinal).Replace("[600 700]", widths, StringComparison.Ordinal),
            Descriptor = pdf.Descriptor.Replace("/FontFile2", $"{descriptor} {key}", StringComparison.Ordinal),
            Program = program,
            ProgramEntries = key == "/FontFile3" ? "/Subtype /Type1C" : "",
        };
    }

    private static ConformingPdf Type3(string widths, string glyph) => new()
    {
        Content = "BT /F1 9 Tf (A) Tj ET",
        Font = $"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 65 {widths} /Encoding << /Differences [65 /A] >> /CharProcs << {glyph} {{s0}} >> /Resources << >> >>",
        Streams = [("", Ascii("500 0 0 0 9 9 d1 0 0 9 9 re f"))],
    };

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
