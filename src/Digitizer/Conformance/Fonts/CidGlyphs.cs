namespace Digitizer.Conformance.Fonts;

/// <summary>Glyphs of a CIDFont (ISO 32000-1, 9.7.4.2).</summary>
/// <param name="map">Code → CID.</param>
/// <param name="glyph">CID → glyph; null if the program does not have it.</param>
/// <param name="width">Of a glyph.</param>
internal sealed class CidGlyphs(CMap map, Func<int, int?> glyph, Func<int, double> width) : IGlyphs
{
    /// <param name="map">Code → CID.</param>
    /// <param name="program">The font program.</param>
    /// <param name="table">The CIDToGIDMap; null for Identity.</param>
    public static CidGlyphs Of(CMap map, TrueTypeProgram program, byte[]? table)
        => new(map, cid => TrueType(program, table, cid), program.Advance);

    /// <summary>A font without CIDs has them for the numbers of its glyphs.</summary>
    public static CidGlyphs Of(CMap map, CffProgram program)
        => new(map, cid => program.IsCid ? program.OfCid(cid) : cid < program.GlyphCount ? cid : null, program.Width);

    public bool Has(int code) => map.Cid(code) is { } cid && cid != 0 && glyph(cid) is not null;

    public double? Width(int code) => glyph(map.Cid(code) ?? 0) is { } its ? width(its) : null;

    public string? Name(int code) => null;

    private static int? TrueType(TrueTypeProgram program, byte[]? table, int cid)
    {
        if (table is not null && (2 * cid) + 1 >= table.Length)
        {
            return null;
        }

        var glyph = table is null ? cid : (table[2 * cid] << 8) | table[(2 * cid) + 1];
        return glyph < program.GlyphCount ? glyph : null;
    }
}
