namespace Digitizer.Conformance.Fonts;

/// <summary>Glyphs of a simple TrueType font (ISO 32000-1, 9.6.6.4).</summary>
/// <param name="program">The font program.</param>
/// <param name="encoding">The dictionary's encoding.</param>
/// <param name="isSymbolic">By its flags.</param>
internal sealed class TrueTypeGlyphs(TrueTypeProgram program, FontEncoding? encoding, bool isSymbolic) : IGlyphs
{
    private static readonly Lazy<Dictionary<string, int>> Macintosh = new(() =>
    {
        var codes = new Dictionary<string, int>();
        var names = GlyphNames.Encoding("macos");
        for (var code = 0; code < 256; code++)
        {
            codes.TryAdd(names[code], code);
        }

        return codes;
    });

    public bool Has(int code) => Glyph(code) is > 0 and var glyph && glyph < program.GlyphCount;

    public double? Width(int code) => program.Advance(Glyph(code));

    public string? Name(int code) => null;

    private int Glyph(int code)
    {
        if (!isSymbolic && encoding is not null)
        {
            var name = encoding.TrueTypeName(code);
            return name == GlyphNames.NotDefined ? 0 : Named(name);
        }

        if (program.Cmap(3, 0) is { } symbols)
        {
            // The codes of a symbol font begin at F000, F100, F200 or 0.
            var page = symbols.FirstCode & 0xFF00;
            return page is 0 or 0xF000 or 0xF100 or 0xF200 ? symbols.Glyph(page + code) : 0;
        }

        return program.Cmap(1, 0)?.Glyph(code) ?? 0;
    }

    private int Named(string name)
    {
        if (program.Cmap(3, 1) is { } windows && GlyphNames.Unicode(name) is { Length: > 0 } text && windows.Glyph(char.ConvertToUtf32(text, 0)) is > 0 and var glyph)
        {
            return glyph;
        }

        var macintosh = program.Cmap(1, 0) is { } mac && Macintosh.Value.TryGetValue(name, out var code) ? mac.Glyph(code) : 0;
        return macintosh > 0 ? macintosh : program.Named(name);
    }
}
