using System.Text;
using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>Composite fonts (ISO 19005-2, 6.2.11.3 to 6.2.11.5).</summary>
internal sealed class CompositeFontCheck(Checking checking, FontUse use)
{
    private const int LargestCid = 65_535;
    private readonly Findings findings = checking.Findings;

    public void Check()
    {
        var (encoding, font) = (use.Dictionary["Encoding"], use.Dictionary["DescendantFonts"][0]);
        var subtype = font["Subtype"].Name;
        findings.Require(font.IsDictionary && subtype is "CIDFontType0" or "CIDFontType2", "6.2.11.2", "a composite font has no CIDFont", use.Where);
        findings.Guard("6.2.11.3", use.Where, () => Map(encoding, font));

        var descriptor = font["FontDescriptor"];
        var file = FontProgramFile.Of(descriptor, subtype);
        var gidMap = font["CIDToGIDMap"];
        if (subtype == "CIDFontType2" && file is not null)
        {
            findings.Require(gidMap.IsStream || gidMap.Name == "Identity", "6.2.11.3", "a CIDFont has no CIDToGIDMap", use.Where);
        }

        var used = new UsedGlyphsCheck(checking, use);
        if (file is not { } program)
        {
            findings.Require(!use.IsSeen, "6.2.11.4", "a font is not embedded", use.Where);
            used.Check(null, null);
            return;
        }

        if (use.Map is not { } map)
        {
            findings.Add("6.2.11.4", "cannot be decided: what the codes of this predefined CMap stand for is not known here", use.Where);
            used.Check(null, null);
            return;
        }

        findings.Guard("6.2.11.2", use.Where, () =>
        {
            var widths = new CidWidths(font);
            used.Check(Glyphs(program, map, gidMap, descriptor["CIDSet"]), code => widths.Of(map.Cid(code) ?? 0));
        });
    }

    private CidGlyphs Glyphs(FontProgramFile file, CMap map, QpdfObject gidMap, QpdfObject cidSet)
    {
        var isRight = file.Key == "FontFile2" || file.Subtype is "CIDFontType0C" or "OpenType";
        findings.Require(isRight, "6.2.11.2", "a font program is of a kind that does not fit the font", use.Where);
        var data = checking.Unpack(file.Stream);
        var trueType = file.Key == "FontFile2" || file.Subtype == "OpenType" ? TrueTypeProgram.Read(data) : null;
        if (trueType is { Cff: null })
        {
            var table = gidMap.IsStream ? checking.Unpack(gidMap) : null;
            var cids = Enumerable.Range(0, table is null ? trueType.GlyphCount : table.Length / 2);
            var glyphs = CidGlyphs.Of(CMap.Identity, trueType, table);
            CidSet(cidSet, cids.Where(cid => cid != 0 && glyphs.Has(cid)));
            return CidGlyphs.Of(map, trueType, table);
        }

        var program = CffProgram.Read(trueType?.Cff ?? data);
        CidSet(cidSet, program.IsCid ? program.Cids : Enumerable.Range(0, program.GlyphCount));
        return CidGlyphs.Of(map, program);
    }

    /// <summary>A CIDSet, where there is one, lists all CIDs and no others.</summary>
    private void CidSet(QpdfObject stream, IEnumerable<int> cids)
    {
        if (!stream.IsStream)
        {
            return;
        }

        var set = checking.Unpack(stream);
        var has = cids.Where(cid => cid is > 0 and <= LargestCid).ToHashSet();
        var listed = Enumerable.Range(1, Math.Min(LargestCid, Math.Max(0, (8 * Math.Min(set.Length, 8192)) - 1))).Where(cid => (set[cid / 8] & (0x80 >> (cid % 8))) != 0);
        findings.Require(has.SetEquals(listed), "6.2.11.4", "a CIDSet does not list the characters that the font program has", use.Where);
    }

    private void Map(QpdfObject encoding, QpdfObject font)
    {
        if (encoding.Name is { } name)
        {
            findings.Require(PredefinedCMaps.Has(name), "6.2.11.3", "a CMap is neither embedded nor predefined", use.Where);
            return;
        }

        var map = CMapReader.Read(checking.Unpack(encoding), checking.Limits);
        findings.Require((map.WritingMode ?? 0) == (encoding["WMode"].Integer ?? 0), "6.2.11.3", "a CMap says two different writing directions", use.Where);
        findings.Require(map.LargestCid <= LargestCid, "6.1.13", "a CMap has a CID above 65535", use.Where);
        var used = map.Used.Append(encoding["UseCMap"].Name).OfType<string>();
        findings.Require(used.All(PredefinedCMaps.Has) && !encoding["UseCMap"].IsStream, "6.2.11.3", "a CMap builds on one that is not predefined", use.Where);
        Collections(encoding["CIDSystemInfo"], font["CIDSystemInfo"], encoding["CMapName"].Name);
    }

    private void Collections(QpdfObject map, QpdfObject font, string? name)
    {
        if (name is "Identity-H" or "Identity-V")
        {
            return;
        }

        var isSame = Text(map["Registry"]) == Text(font["Registry"]) && Text(map["Ordering"]) == Text(font["Ordering"]) && (font["Supplement"].Integer ?? 0) >= (map["Supplement"].Integer ?? 0);
        findings.Require(isSame, "6.2.11.3", "a CMap and its CIDFont are for different character collections", use.Where);
    }

    private static string? Text(QpdfObject text) => text.Bytes is { } bytes ? Encoding.Latin1.GetString(bytes) : null;
}
