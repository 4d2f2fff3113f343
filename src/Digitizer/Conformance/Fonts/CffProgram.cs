using System.Text;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>A font in the Compact Font Format (Adobe Technical Note 5176), as far as glyphs are found and measured.</summary>
internal sealed class CffProgram
{
    private readonly byte[] data;
    private readonly CffIndex strings;
    private readonly CffIndex globalRoutines;
    private readonly CffIndex charStrings;
    private readonly Dictionary<int, double[]> top;
    private readonly List<(double Default, double Nominal, double Scale, CffIndex? Routines)> fonts = [];
    private readonly int[] charset;
    private readonly byte[] fontOfGlyph;
    private readonly Dictionary<int, int> glyphOfCid = [];
    private readonly Dictionary<string, int> glyphOfName = [];
    private readonly string[] builtIn = new string[256];

    private CffProgram(byte[] data)
    {
        this.data = data;
        var font = new SfntReader(data);
        var names = CffIndex.Read(font, font.U8(2));
        var tops = CffIndex.Read(font, names.End);
        strings = CffIndex.Read(font, tops.End);
        globalRoutines = CffIndex.Read(font, strings.End);
        top = CffDictionary.Read(font, tops[0]);
        charStrings = CffIndex.Read(font, Offset(CffDictionary.CharStrings) ?? throw PdfRefusal.Damaged("a font program has no glyphs"));
        charset = ReadCharset(font);
        fontOfGlyph = new byte[charStrings.Count];
        ReadFonts(font);
        NameGlyphs(font);
    }

    /// <summary>True if it is made for a CIDFont: its glyphs have CIDs, not names.</summary>
    public bool IsCid => top.ContainsKey(CffDictionary.RegistryOrdering);

    public int GlyphCount => charStrings.Count;

    /// <summary>Names of all glyphs of a font that has names.</summary>
    public IReadOnlyCollection<string> Names => glyphOfName.Keys;

    /// <summary>CIDs of all glyphs of a font for CIDFonts.</summary>
    public IReadOnlyCollection<int> Cids => glyphOfCid.Keys;

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static CffProgram Read(byte[] data) => new(data);

    /// <returns>Null if there is no such glyph.</returns>
    public int? OfCid(int cid) => glyphOfCid.TryGetValue(cid, out var glyph) ? glyph : null;

    /// <returns>Null if there is no such glyph.</returns>
    public int? OfName(string name) => glyphOfName.TryGetValue(name, out var glyph) ? glyph : null;

    /// <summary>The name that the font's own encoding gives a code.</summary>
    public string BuiltIn(int code) => code < 256 ? builtIn[code] ?? GlyphNames.NotDefined : GlyphNames.NotDefined;

    /// <summary>Thousandths of the font size.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public double Width(int glyph)
    {
        var (byDefault, nominal, scale, routines) = fonts[fontOfGlyph[glyph]];
        var difference = new CharStringWidth(new SfntReader(data), globalRoutines, routines).Find(charStrings[glyph]);
        return (difference is { } its ? nominal + its : byDefault) * scale * 1000;
    }

    private long? Offset(int key) => top.TryGetValue(key, out var numbers) && numbers.Length > 0 ? (long)numbers[^1] : null;

    private static double Scale(Dictionary<int, double[]> entries) => entries.TryGetValue(CffDictionary.FontMatrix, out var matrix) && matrix.Length == 6 && matrix[0] != 0 ? matrix[0] : 0.001;

    private int[] ReadCharset(SfntReader font)
    {
        var ids = new int[charStrings.Count];
        var at = Offset(CffDictionary.Charset) ?? 0;
        if (at <= 2 && !IsCid)
        {
            var standard = at switch { 1 => GlyphNames.Names("cff-expert").Select(Number).ToArray(), 2 => GlyphNames.Names("cff-expert-subset").Select(Number).ToArray(), _ => [.. Enumerable.Range(0, 229)] };
            standard.AsSpan(0, Math.Min(standard.Length, ids.Length)).CopyTo(ids);
            return ids;
        }

        if (at <= 2)
        {
            return [.. Enumerable.Range(0, ids.Length)];
        }

        var format = font.U8(at++);
        for (var glyph = 1; glyph < ids.Length;)
        {
            var first = font.U16(at);
            var left = format switch { 0 => 0, 1 => font.U8(at + 2), _ => font.U16(at + 2) };
            at += format switch { 0 => 2, 1 => 3, _ => 4 };
            for (var i = 0; i <= left && glyph < ids.Length; i++)
            {
                ids[glyph++] = first + i;
            }
        }

        return ids;
    }

    private static int Number(string word) => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);

    private void ReadFonts(SfntReader font)
    {
        var scale = Scale(top);
        if (!IsCid)
        {
            AddFont(font, top, scale);
            return;
        }

        var array = CffIndex.Read(font, Offset(CffDictionary.FontArray) ?? throw PdfRefusal.Damaged("a font program lacks its fonts"));
        for (var i = 0; i < Math.Min(256, array.Count); i++)
        {
            // The matrix of a part is applied on top of the whole's, where there is one.
            var part = CffDictionary.Read(font, array[i]);
            var its = part.ContainsKey(CffDictionary.FontMatrix) ? Scale(part) * (top.ContainsKey(CffDictionary.FontMatrix) ? scale : 1) : scale;
            AddFont(font, part, its);
        }

        SelectFonts(font);
    }

    private void AddFont(SfntReader font, Dictionary<int, double[]> entries, double scale)
    {
        if (!entries.TryGetValue(CffDictionary.Private, out var place) || place.Length != 2)
        {
            fonts.Add((0, 0, scale, null));
            return;
        }

        var (length, at) = ((long)place[0], (long)place[1]);
        var own = CffDictionary.Read(font, (at, length));
        var routines = own.TryGetValue(CffDictionary.Subroutines, out var offset) && offset.Length > 0 ? CffIndex.Read(font, at + (long)offset[0]) : null;
        fonts.Add((First(own, CffDictionary.DefaultWidth), First(own, CffDictionary.NominalWidth), scale, routines));
    }

    private static double First(Dictionary<int, double[]> entries, int key) => entries.TryGetValue(key, out var numbers) && numbers.Length > 0 ? numbers[0] : 0;

    private void SelectFonts(SfntReader font)
    {
        var at = Offset(CffDictionary.FontSelect) ?? throw PdfRefusal.Damaged("a font program lacks its fonts");
        if (font.U8(at) == 0)
        {
            font.Slice(at + 1, fontOfGlyph.Length).CopyTo(fontOfGlyph);
        }
        else
        {
            for (var i = 0; i < font.U16(at + 1); i++)
            {
                var range = at + 3 + (3 * i);
                var (first, end) = (font.U16(range), Math.Min(fontOfGlyph.Length, font.U16(range + 3)));
                if (first < end)
                {
                    fontOfGlyph.AsSpan(first, end - first).Fill((byte)font.U8(range + 2));
                }
            }
        }

        if (Array.Exists(fontOfGlyph, number => number >= fonts.Count))
        {
            throw PdfRefusal.Damaged("a font program refers to what it does not have");
        }
    }

    private void NameGlyphs(SfntReader font)
    {
        for (var glyph = 0; glyph < charset.Length; glyph++)
        {
            if (IsCid)
            {
                glyphOfCid.TryAdd(charset[glyph], glyph);
            }
            else
            {
                glyphOfName.TryAdd(StringOf(font, charset[glyph]), glyph);
            }
        }

        if (!IsCid)
        {
            ReadEncoding(font);
        }
    }

    private string StringOf(SfntReader font, int id)
    {
        var standard = GlyphNames.Names("cff-strings");
        if (id < standard.Count)
        {
            return standard[id];
        }

        var place = strings[id - standard.Count];
        return Encoding.Latin1.GetString(font.Slice(place.At, place.Length));
    }

    private void ReadEncoding(SfntReader font)
    {
        var at = Offset(CffDictionary.Encoding) ?? 0;
        if (at <= 1)
        {
            var names = GlyphNames.Encoding(at == 0 ? "standard" : "cff-expert-encoding");
            for (var code = 0; code < 256; code++)
            {
                builtIn[code] = glyphOfName.ContainsKey(names[code]) ? names[code] : GlyphNames.NotDefined;
            }

            return;
        }

        var format = font.U8(at);
        var count = font.U8(at + 1);
        at += 2;
        for (var (i, glyph) = (0, 1); i < count; i++)
        {
            var first = font.U8(at);
            var left = (format & 127) == 0 ? 0 : font.U8(at + 1);
            at += (format & 127) == 0 ? 1 : 2;
            for (var code = first; code <= Math.Min(255, first + left) && glyph < charset.Length; code++)
            {
                builtIn[code] = StringOf(font, charset[glyph++]);
            }
        }

        if ((format & 128) != 0)
        {
            for (var i = 0; i < font.U8(at); i++)
            {
                builtIn[font.U8(at + 1 + (3 * i))] = StringOf(font, font.U16(at + 2 + (3 * i)));
            }
        }
    }
}
