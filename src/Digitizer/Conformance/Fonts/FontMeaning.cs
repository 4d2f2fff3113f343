using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>Which text a code means (ISO 32000-1, 9.10.2; ISO 19005-2, 6.2.11.7.2).</summary>
internal sealed class FontMeaning
{
    private readonly FontUse use;
    private readonly CMap? toUnicode;

    public FontMeaning(Checking checking, FontUse use)
    {
        this.use = use;
        CMap? map = null;
        var entry = use.Dictionary["ToUnicode"];
        if (entry.IsStream)
        {
            checking.Findings.Guard("6.2.11.7", use.Where, () => map = CMapReader.Read(checking.Unpack(entry), checking.Limits));
        }
        else if (entry.Name is { } name && name.StartsWith("Identity-", StringComparison.Ordinal))
        {
            map = CMap.Identity;
        }

        toUnicode = map;
    }

    /// <param name="code">The code.</param>
    /// <param name="glyphs">Of the font program; null if there is none.</param>
    /// <returns>Null if it is not said.</returns>
    public string? Of(int code, IGlyphs? glyphs)
    {
        if (toUnicode?.Text(code) is { } text)
        {
            return text;
        }

        if (use.IsComposite)
        {
            // Adobe publishes what the characters of these collections mean.
            var system = use.Dictionary["DescendantFonts"][0]["CIDSystemInfo"];
            return Ascii(system["Registry"]) == "Adobe" && Ascii(system["Ordering"]) is "GB1" or "CNS1" or "Japan1" or "Korea1" ? " " : null;
        }

        var name = use.Encoding?.Name(code) ?? glyphs?.Name(code);
        return name is null ? null : GlyphNames.Unicode(name) ?? (GlyphNames.IsSymbol(name) ? " " : null);
    }

    private static string? Ascii(QpdfObject text) => text.Bytes is { } bytes ? System.Text.Encoding.Latin1.GetString(bytes) : null;
}
