namespace Digitizer.Conformance.Fonts;

/// <summary>Encodings of simple TrueType fonts (ISO 19005-2, 6.2.11.6).</summary>
internal sealed class TrueTypeFontCheck(Checking checking, FontUse use, TrueTypeProgram? program, bool isSymbolic)
{
    public void Check()
    {
        if (isSymbolic)
        {
            checking.Findings.Require(use.Dictionary["Encoding"].IsNothing, "6.2.11.6", "a symbolic TrueType font has an encoding", use.Where);
            checking.Findings.Require(program is null || program.Cmaps.Count == 1 || program.Cmap(3, 0) is not null, "6.2.11.6", "a symbolic TrueType font program has no single or symbol cmap", use.Where);
            return;
        }

        var isPlain = use.Encoding is { Differences.Count: 0, Base: "WinAnsiEncoding" or "MacRomanEncoding" };
        checking.Findings.Require(isPlain || AreDifferencesListed(), "6.2.11.6", "a TrueType font has neither WinAnsiEncoding nor MacRomanEncoding, nor differences with names of the Adobe Glyph List", use.Where);
        var symbols = program?.Cmap(3, 0) is null ? 0 : 1;
        checking.Findings.Require(program is null || program.Cmaps.Count > symbols, "6.2.11.6", "a TrueType font program has no cmap that is not for symbols", use.Where);
    }

    private bool AreDifferencesListed()
        => use.Encoding is { Differences.Count: > 0 } encoding && program?.Cmap(3, 1) is not null && encoding.Differences.Values.All(name => GlyphNames.Unicode(name) is not null);
}
