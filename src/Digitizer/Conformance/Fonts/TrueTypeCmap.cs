namespace Digitizer.Conformance.Fonts;

/// <summary>A subtable of the table cmap: codes → glyphs (OpenType 1.9, cmap; formats 0, 4, 6 and 12).</summary>
/// <param name="Platform">1 Macintosh, 3 Windows.</param>
/// <param name="Encoding">With Windows 0 symbols, 1 Unicode.</param>
internal sealed record TrueTypeCmap(int Platform, int Encoding)
{
    // As many as a font can have glyphs, twice.
    private const int MostCodes = 131_072;
    private readonly Dictionary<int, int> glyphs = [];

    /// <summary>The lowest code; 0 if there is none.</summary>
    public int FirstCode { get; private set; } = int.MaxValue;

    /// <returns>0, the glyph of "no glyph", for a code that it does not have.</returns>
    public int Glyph(int code) => glyphs.GetValueOrDefault(code);

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public void Read(SfntReader font, long at)
    {
        switch (font.U16(at))
        {
            case 0:
                for (var code = 0; code < 256; code++)
                {
                    Add(code, font.U8(at + 6 + code));
                }

                break;
            case 4:
                Segments(font, at);
                break;
            case 6:
                var first = font.U16(at + 6);
                for (var i = 0; i < font.U16(at + 8); i++)
                {
                    Add(first + i, font.U16(at + 10 + (2 * i)));
                }

                break;
            case 12:
                Groups(font, at);
                break;
            default:
                break;
        }

        FirstCode = glyphs.Count == 0 ? 0 : FirstCode;
    }

    private void Segments(SfntReader font, long at)
    {
        var count = font.U16(at + 6) / 2;
        var (ends, starts) = (at + 14, at + 16 + (2 * count));
        var (deltas, offsets) = (starts + (2 * count), starts + (4 * count));
        for (var i = 0; i < count && glyphs.Count < MostCodes; i++)
        {
            var (start, end, delta, offset) = (font.U16(starts + (2 * i)), font.U16(ends + (2 * i)), font.U16(deltas + (2 * i)), font.U16(offsets + (2 * i)));
            for (var code = start; code <= end && code < 0xFFFF && glyphs.Count < MostCodes; code++)
            {
                var place = offsets + (2 * i) + offset + (2 * (code - start));
                var glyph = offset == 0 ? code : place + 2 > font.Length ? 0 : font.U16(place);
                Add(code, glyph == 0 ? 0 : (glyph + delta) & 0xFFFF);
            }
        }
    }

    private void Groups(SfntReader font, long at)
    {
        for (var i = 0L; i < font.U32(at + 12) && glyphs.Count < MostCodes; i++)
        {
            var group = at + 16 + (12 * i);
            var (start, end, glyph) = (font.U32(group), font.U32(group + 4), font.U32(group + 8));
            for (var code = start; code <= end && code <= 0x10FFFF && glyphs.Count < MostCodes; code++)
            {
                Add((int)code, (int)Math.Min(ushort.MaxValue, glyph + code - start));
            }
        }
    }

    private void Add(int code, int glyph)
    {
        if (glyph != 0)
        {
            glyphs[code] = glyph;
            FirstCode = Math.Min(FirstCode, code);
        }
    }
}
