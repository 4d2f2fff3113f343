using System.Buffers.Binary;

namespace Digitizer.Assembly;

/// <summary>
/// The font of the text layer: nothing is drawn, every character is half an em wide, and ToUnicode
/// says what it means (ISO 32000-1, 9.7; the idea is Tesseract's).
/// </summary>
internal static class GlyphlessFont
{
    /// <summary>Advance of every character in parts of the font size.</summary>
    public const double Advance = GlyphlessFontProgram.Advance / 1000.0;

    /// <summary>
    /// From the baseline to the top of what a viewer highlights, in parts of the font size. With
    /// <see cref="Depth"/> it makes a line box 1 / 0.72 em high, at which the gap that readers need
    /// between words is smaller than a printed space; poppler cuts ascents above 1.05.
    /// </summary>
    public const double Height = 1.04;

    /// <summary>From the baseline to the bottom of what a viewer highlights, in parts of the font size.</summary>
    public const double Depth = 0.349;

    private const int Ascent = 1040;
    private const int Descent = -349;

    /// <summary>Writes the font under <paramref name="number"/>, with the codes that the pages used.</summary>
    public static void Write(PdfFileWriter file, int number, CharacterCodes codes)
    {
        var (descendant, descriptor, program, glyphs, meaning) =
            (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        file.Object(
            number,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /GlyphlessFont /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>");
        file.Object(
            descendant,
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphlessFont /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW {GlyphlessFontProgram.Advance} /CIDToGIDMap {glyphs} 0 R >>");
        file.Object(
            descriptor,
            $"<< /Type /FontDescriptor /FontName /GlyphlessFont /Flags 5 /FontBBox [0 {Descent} {GlyphlessFontProgram.Advance} {Ascent}] /ItalicAngle 0 /Ascent {Ascent} /Descent {Descent} /CapHeight {Ascent} /StemV 80 /FontFile2 {program} 0 R >>");
        var bytes = GlyphlessFontProgram.Create(Ascent, Descent);
        file.Stream(program, $"/Filter /FlateDecode /Length1 {bytes.Length}", Deflate.Compress(bytes));
        file.Stream(glyphs, "/Filter /FlateDecode", Deflate.Compress(GlyphMap(codes.Count)));
        file.Stream(meaning, "/Filter /FlateDecode", Deflate.Compress(codes.ToUnicode()));
    }

    // Every code shows glyph 1: a reference to glyph 0, .notdef, is not allowed (ISO 19005-2, 6.2.11.8).
    private static byte[] GlyphMap(int codes)
    {
        var map = new byte[2 * (codes + 1)];
        for (var code = 1; code <= codes; code++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(map.AsSpan(2 * code), 1);
        }

        return map;
    }
}
