using System.Text;

namespace Digitizer.Conformance.Fonts;

/// <summary>A CharSet, where there is one, lists all glyphs and no others (ISO 19005-2, 6.2.11.4).</summary>
internal static class CharSetCheck
{
    public static void Check(Checking checking, FontUse use, IReadOnlyCollection<string> glyphs)
    {
        if (use.Dictionary["FontDescriptor"]["CharSet"].Bytes is not { } bytes)
        {
            return;
        }

        var listed = Encoding.Latin1.GetString(bytes).Split(['/', ' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        listed.Remove(GlyphNames.NotDefined);
        var isComplete = listed.SetEquals(glyphs.Where(name => name != GlyphNames.NotDefined));
        checking.Findings.Require(isComplete, "6.2.11.4", "a CharSet does not list the glyphs that the font program has", use.Where);
    }
}
