using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>The Encoding of a simple font (ISO 32000-1, 9.6.6).</summary>
internal sealed class FontEncoding
{
    private const int MostDifferences = 4096;
    private readonly IReadOnlyList<string>? names;
    private readonly Dictionary<int, string> differences = [];

    private readonly bool isDictionary;

    private FontEncoding(string? standard, bool isDictionary)
    {
        (Base, names) = (standard, Named(standard));
        this.isDictionary = isDictionary;
    }

    /// <summary>The predefined encoding that it is, or is made from.</summary>
    public string? Base { get; }

    public IReadOnlyDictionary<int, string> Differences => differences;

    /// <returns>Null if the font has none.</returns>
    public static FontEncoding? Of(QpdfObject encoding)
    {
        if (encoding.Name is { } name)
        {
            return new FontEncoding(name, false);
        }

        if (!encoding.IsDictionary)
        {
            return null;
        }

        var custom = new FontEncoding(encoding["BaseEncoding"].Name, true);
        var (listed, code) = (encoding["Differences"], 0L);
        for (var i = 0; i < Math.Min(listed.Count, MostDifferences); i++)
        {
            if (listed[i].Integer is { } next)
            {
                code = next;
            }
            else if (listed[i].Name is { } glyph && code is >= 0 and < 256)
            {
                custom.differences[(int)code++] = glyph;
            }
        }

        return custom;
    }

    /// <summary>The glyph's name; null if only the font program can say it.</summary>
    public string? Name(int code) => differences.TryGetValue(code, out var name) ? name : code < 256 ? names?[code] : null;

    /// <summary>The glyph's name in a TrueType font: StandardEncoding where nothing else names it (ISO 32000-1, 9.6.6.4).</summary>
    public string TrueTypeName(int code)
        => Name(code) is { } name && name != GlyphNames.NotDefined ? name
            : isDictionary ? GlyphNames.Encoding("standard")[code] : GlyphNames.NotDefined;

    private static IReadOnlyList<string>? Named(string? name) => name switch
    {
        "WinAnsiEncoding" => GlyphNames.Encoding("winansi"),
        "MacRomanEncoding" => GlyphNames.Encoding("macroman"),
        "MacExpertEncoding" => GlyphNames.Encoding("macexpert"),
        "StandardEncoding" => GlyphNames.Encoding("standard"),
        _ => null,
    };
}
