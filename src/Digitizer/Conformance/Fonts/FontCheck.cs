using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>Fonts that text is shown with (ISO 19005-2, 6.2.11).</summary>
internal sealed class FontCheck(Checking checking)
{
    private static readonly HashSet<string> Standard =
    [
        "Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique", "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
        "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Symbol", "ZapfDingbats",
    ];

    public void Check(FontUse use)
    {
        var (font, subtype) = (use.Dictionary, use.Dictionary["Subtype"].Name);
        checking.Findings.Require(subtype is "Type0" or "Type1" or "MMType1" or "TrueType" or "Type3", "6.2.11.2", "a font has no type, or one that does not exist", use.Where);
        Names(font, use.Where);
        switch (subtype)
        {
            case "Type0":
                new CompositeFontCheck(checking, use).Check();
                break;
            case "Type3":
                Widths(font, use.Where);
                new UsedGlyphsCheck(checking, use).Check(new Type3Glyphs(checking, use), code => SimpleFontWidth.Of(font, code) ?? 0);
                break;
            case "Type1" or "MMType1" or "TrueType":
                Simple(use, subtype);
                break;
            default:
                break;
        }
    }

    /// <summary>What both a font and its descendant say of themselves.</summary>
    private void Names(QpdfObject font, string where)
    {
        checking.Findings.Require(font["Type"].Name == "Font", "6.2.11.2", "a font's dictionary is not of the type Font", where);
        var (name, inDescriptor) = (font["BaseFont"].Name, font["FontDescriptor"]["FontName"].Name);
        checking.Findings.Require(name is not null || font["Subtype"].Name == "Type3", "6.2.11.2", "a font has no name", where);
        checking.Findings.Require(NameText.IsUtf8(name ?? "") && NameText.IsUtf8(inDescriptor ?? ""), "6.1.8", "the name of a font is no valid UTF-8", where);
        if (font["DescendantFonts"][0] is { IsDictionary: true } descendant && font["Subtype"].Name == "Type0")
        {
            Names(descendant, where);
        }
    }

    private void Widths(QpdfObject font, string where)
    {
        var (first, last, widths) = (font["FirstChar"].Integer, font["LastChar"].Integer, font["Widths"]);
        checking.Findings.Require(first is not null && last is not null, "6.2.11.2", "a font does not say its first and last character", where);
        checking.Findings.Require(widths.IsArray && widths.Count == last - first + 1, "6.2.11.2", "a font has no widths, or not as many as it has characters", where);
    }

    private void Simple(FontUse use, string subtype)
    {
        var font = use.Dictionary;
        var file = FontProgramFile.Of(font["FontDescriptor"], subtype);
        if (subtype == "TrueType" || file is not null || !Standard.Contains(font["BaseFont"].Name ?? ""))
        {
            Widths(font, use.Where);
        }

        var flags = font["FontDescriptor"]["Flags"].Integer ?? 0;
        var isSymbolic = (flags & 0x24) == 4;
        var used = new UsedGlyphsCheck(checking, use);
        if (file is not { } program)
        {
            checking.Findings.Require(!use.IsSeen, "6.2.11.4", "a font is not embedded", use.Where);
            if (subtype == "TrueType")
            {
                new TrueTypeFontCheck(checking, use, null, isSymbolic).Check();
            }

            used.Check(null, null);
            return;
        }

        checking.Findings.Guard("6.2.11.2", use.Where, () =>
        {
            IGlyphs glyphs = subtype == "TrueType" ? TrueType(use, program, isSymbolic) : Type1(use, program);
            used.Check(glyphs, code => SimpleFontWidth.Of(font, code));
        });
    }

    private TrueTypeGlyphs TrueType(FontUse use, FontProgramFile file, bool isSymbolic)
    {
        checking.Findings.Require(file.Key == "FontFile2" || file.Subtype == "OpenType", "6.2.11.2", "a font program is of a kind that does not fit the font", use.Where);
        var program = TrueTypeProgram.Read(checking.Unpack(file.Stream));
        new TrueTypeFontCheck(checking, use, program, isSymbolic).Check();
        return new TrueTypeGlyphs(program, use.Encoding, isSymbolic);
    }

    private NamedGlyphs Type1(FontUse use, FontProgramFile file)
    {
        var data = checking.Unpack(file.Stream);
        if (file.Key == "FontFile")
        {
            var program = Type1Program.Read(data, checking.Limits);
            CharSetCheck.Check(checking, use, program.Names);
            return NamedGlyphs.Of(program, use.Encoding);
        }

        checking.Findings.Require(file.Subtype is "Type1C" or "OpenType", "6.2.11.2", "a font program is of a kind that does not fit the font", use.Where);
        var compact = CffProgram.Read(file.Subtype == "OpenType" ? TrueTypeProgram.Read(data).Cff ?? [] : data);
        CharSetCheck.Check(checking, use, compact.Names);
        return NamedGlyphs.Of(compact, use.Encoding);
    }
}
