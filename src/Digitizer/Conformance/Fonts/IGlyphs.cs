namespace Digitizer.Conformance.Fonts;

/// <summary>What an embedded font program has for the codes of a font dictionary.</summary>
internal interface IGlyphs
{
    /// <summary>True if the program has a glyph for the code, other than that for missing ones.</summary>
    bool Has(int code);

    /// <summary>Thousandths of the font size (of a Type 3 font, its units); null if it cannot be known.</summary>
    double? Width(int code);

    /// <summary>The glyph's name where only the program knows it; else null.</summary>
    string? Name(int code);
}
