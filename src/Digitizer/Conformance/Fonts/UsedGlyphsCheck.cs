using System.Globalization;

namespace Digitizer.Conformance.Fonts;

/// <summary>
/// Each code that text uses: there is a glyph, as wide as the dictionary says, and a meaning
/// (ISO 19005-2, 6.2.11.4, 6.2.11.5, 6.2.11.7 and 6.2.11.8).
/// </summary>
internal sealed class UsedGlyphsCheck(Checking checking, FontUse use)
{
    // Consistent is a difference of no more than one thousandth (ISO 19005-2, 6.2.11.5).
    private const double Tolerance = 1;
    private FontMeaning? meaning;

    /// <param name="glyphs">Of the font program; null if none is embedded.</param>
    /// <param name="width">By the dictionary; null where only the program says it.</param>
    public void Check(IGlyphs? glyphs, Func<int, double?>? width)
    {
        meaning = new FontMeaning(checking, use);
        foreach (var (code, isSeen) in use.Codes.OrderBy(pair => pair.Key))
        {
            if (glyphs is not null)
            {
                checking.Findings.Guard("6.2.11.4", use.Where, () => Glyph(glyphs, width!, code, isSeen));
            }

            Name(glyphs, code);
            Meaning(glyphs, code);
        }
    }

    private void Glyph(IGlyphs glyphs, Func<int, double?> width, int code, bool isSeen)
    {
        var has = glyphs.Has(code);
        checking.Findings.Require(has || !isSeen || (use.IsComposite && code == 0), "6.2.11.4", $"the font program has no glyph for code {Hex(code)}", use.Where);
        if (use.IsComposite)
        {
            checking.Findings.Require(has && code != 0, "6.2.11.8", $"the glyph for missing characters is shown, by code {Hex(code)}", use.Where);
        }

        if (isSeen && has && width(code) is { } announced && glyphs.Width(code) is { } real)
        {
            var difference = Math.Abs(announced - real);
            checking.Findings.Require(difference <= Tolerance, "6.2.11.5", FormattableString.Invariant($"code {Hex(code)} is {real:0.#} wide in the font program and {announced:0.#} in the dictionary"), use.Where);
        }
        else if (isSeen && has)
        {
            checking.Findings.Require(width(code) is null, "6.2.11.5", $"the width of code {Hex(code)} in the font program cannot be decided", use.Where);
        }
    }

    private void Name(IGlyphs? glyphs, int code)
    {
        var name = use.IsComposite ? null : use.Encoding?.Name(code) ?? glyphs?.Name(code);
        var isTrueTypeZero = code == 0 && name is null && use.Dictionary["Subtype"].Name == "TrueType";
        checking.Findings.Require(name != GlyphNames.NotDefined && !isTrueTypeZero, "6.2.11.8", $"the glyph for missing characters is shown, by code {Hex(code)}", use.Where);
    }

    private void Meaning(IGlyphs? glyphs, int code)
    {
        var text = meaning!.Of(code, glyphs);
        checking.Findings.Require(text is not null, "6.2.11.7", $"the font does not say which character code {Hex(code)} means", use.Where);
        var isAllowed = text is null || !(text.Contains('\0') || text.Contains('\uFEFF') || text.Contains('\uFFFE'));
        checking.Findings.Require(isAllowed, "6.2.11.7", $"code {Hex(code)} means a character that must not be meant", use.Where);
    }

    private static string Hex(int code) => code.ToString("X2", CultureInfo.InvariantCulture);
}
