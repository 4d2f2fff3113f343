namespace Digitizer.Conformance.Fonts;

/// <summary>Glyphs of a Type 1 font, which have names (ISO 32000-1, 9.6.6.2).</summary>
/// <param name="encoding">The dictionary's encoding.</param>
/// <param name="builtIn">Code → name by the program.</param>
/// <param name="has">True for a name that the program has.</param>
/// <param name="width">Of a name.</param>
internal sealed class NamedGlyphs(FontEncoding? encoding, Func<int, string> builtIn, Func<string, bool> has, Func<string, double?> width) : IGlyphs
{
    public static NamedGlyphs Of(Type1Program program, FontEncoding? encoding) => new(encoding, program.BuiltIn, program.Has, program.Width);

    public static NamedGlyphs Of(CffProgram program, FontEncoding? encoding)
        => new(encoding, program.BuiltIn, name => program.OfName(name) is not null, name => program.OfName(name) is { } glyph ? program.Width(glyph) : null);

    public bool Has(int code) => NameOf(code) is var name && name != GlyphNames.NotDefined && has(name);

    public double? Width(int code) => width(NameOf(code));

    public string? Name(int code) => builtIn(code);

    private string NameOf(int code) => encoding?.Name(code) ?? builtIn(code);
}
