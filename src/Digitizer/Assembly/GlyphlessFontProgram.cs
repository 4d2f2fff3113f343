namespace Digitizer.Assembly;

/// <summary>
/// A TrueType file with two empty glyphs, .notdef and the one that stands for every character. The
/// tables and their fields are those of the OpenType specification 1.9; all that PDF readers and
/// operating systems ask of an embedded font are there.
/// </summary>
internal static class GlyphlessFontProgram
{
    /// <summary>Width of a glyph in thousandths of the font size.</summary>
    public const int Advance = 500;

    private const int UnitsPerEm = 1000;
    private const uint ChecksumTarget = 0xB1B0AFBA;
    private const int ChecksumAdjustmentAt = 8;

    /// <summary>Always the same bytes.</summary>
    /// <param name="ascent">Top of the line box above the baseline, thousandths.</param>
    /// <param name="descent">Bottom of the line box, negative, thousandths.</param>
    public static byte[] Create(int ascent, int descent)
    {
        // In the order of their tags, which the table directory requires.
        (string Tag, BigEndianBytes Data)[] tables =
        [
            ("OS/2", Os2(ascent, descent)),
            ("cmap", Cmap()),
            ("glyf", new BigEndianBytes().Zeros(4)),
            ("head", Head(ascent, descent)),
            ("hhea", Hhea(ascent, descent)),
            ("hmtx", new BigEndianBytes().U16(Advance, 0, Advance, 0)),
            ("loca", new BigEndianBytes().U16(0, 0, 0)),
            ("maxp", new BigEndianBytes().U32(0x00010000).U16(2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)),
            ("name", Name("GlyphlessFont")),
            ("post", new BigEndianBytes().U32(0x00030000, 0).U16(-100, 50).U32(1, 0, 0, 0, 0)),
        ];
        return Assemble(tables);
    }

    private static byte[] Assemble((string Tag, BigEndianBytes Data)[] tables)
    {
        var log = (int)Math.Log2(tables.Length);
        var range = 16 << log;
        var font = new BigEndianBytes().U32(0x00010000).U16(tables.Length, range, log, (16 * tables.Length) - range);
        var offset = (uint)(12 + (16 * tables.Length));
        var headAt = 0u;
        foreach (var (tag, data) in tables)
        {
            headAt = tag == "head" ? offset : headAt;
            var length = (uint)data.Length;
            data.Align();
            font.Ascii(tag).U32(Checksum(data.ToArray()), offset, length);
            offset += (uint)data.Length;
        }

        foreach (var (_, data) in tables)
        {
            font.U8(data.ToArray());
        }

        var bytes = font.ToArray();
        var adjustment = unchecked(ChecksumTarget - Checksum(bytes));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((int)headAt + ChecksumAdjustmentAt), adjustment);
        return bytes;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            sum = unchecked(sum + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        return sum;
    }

    private static BigEndianBytes Head(int ascent, int descent) => new BigEndianBytes()
        .U32(0x00010000, 0x00010000, 0, 0x5F0F3CF5)
        .U16(0, UnitsPerEm)
        .Zeros(16)
        .U16(0, descent, Advance, ascent)
        .U16(0, 8, 2, 0, 0);

    private static BigEndianBytes Hhea(int ascent, int descent) => new BigEndianBytes()
        .U32(0x00010000)
        .U16(ascent, descent, 0, Advance, 0, 0, 0, 1, 0, 0)
        .Zeros(8)
        .U16(0, 2);

    private static BigEndianBytes Os2(int ascent, int descent) => new BigEndianBytes()
        .U16(4, Advance, 400, 5, 0)
        .U16(500, 500, 0, 100, 500, 500, 0, 300, 50, 300, 0)
        .Zeros(10 + 16)
        .Ascii("    ")
        .U16(0x40, 0x20, 0xFFFF, ascent, descent, 0, ascent, -descent)
        .Zeros(8)
        .U16(Advance, ascent, 0, 0x20, 0);

    // One Windows subtable of format 4, empty but for the closing segment: text is found by ToUnicode, not by this table.
    private static BigEndianBytes Cmap() => new BigEndianBytes()
        .U16(0, 1, 3, 1).U32(12)
        .U16(4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0);

    // Family, style, full and PostScript name for Windows, English.
    private static BigEndianBytes Name(string family)
    {
        (int Id, string Text)[] names = [(1, family), (2, "Regular"), (4, family), (6, family)];
        var records = new BigEndianBytes().U16(0, names.Length, 6 + (12 * names.Length));
        var texts = new BigEndianBytes();
        foreach (var (id, text) in names)
        {
            records.U16(3, 1, 0x0409, id, 2 * text.Length, texts.Length);
            texts.U8(System.Text.Encoding.BigEndianUnicode.GetBytes(text));
        }

        return records.U8(texts.ToArray());
    }
}
