using System.Text;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>A TrueType or OpenType font file (OpenType 1.9), as far as glyphs are found and measured.</summary>
internal sealed class TrueTypeProgram
{
    private const int MostTables = 256;
    private const int MostCmaps = 64;
    private readonly Dictionary<string, (long At, long Length)> tables = [];
    private readonly List<TrueTypeCmap> cmaps = [];
    private readonly Dictionary<string, int> postNames = [];
    private double[] advances = [];

    private TrueTypeProgram()
    {
    }

    public int GlyphCount { get; private set; }

    public IReadOnlyList<TrueTypeCmap> Cmaps => cmaps;

    /// <summary>The table CFF of an OpenType font; null if its outlines are TrueType's.</summary>
    public byte[]? Cff { get; private set; }

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static TrueTypeProgram Read(byte[] data)
    {
        var program = new TrueTypeProgram();
        var font = new SfntReader(data);
        program.ReadTables(font);
        program.ReadAdvances(font);
        program.ReadCmaps(font);
        program.ReadPost(font);
        if (program.tables.TryGetValue("CFF ", out var cff))
        {
            program.Cff = font.Slice(cff.At, cff.Length).ToArray();
        }
        else if (!program.tables.ContainsKey("glyf") || !program.tables.ContainsKey("loca"))
        {
            throw PdfRefusal.Damaged("a font program has no outlines");
        }

        return program;
    }

    /// <summary>Width of a glyph in thousandths of the font size; glyphs beyond the last width have that.</summary>
    public double Advance(int glyph) => advances.Length == 0 ? 0 : advances[Math.Clamp(glyph, 0, advances.Length - 1)];

    public TrueTypeCmap? Cmap(int platform, int encoding) => cmaps.Find(cmap => cmap.Platform == platform && cmap.Encoding == encoding);

    /// <summary>The glyph of a name by the table post; 0 if it has none.</summary>
    public int Named(string name) => postNames.GetValueOrDefault(name);

    private void ReadTables(SfntReader font)
    {
        var count = Math.Min(MostTables, font.U16(4));
        for (var i = 0; i < count; i++)
        {
            var entry = 12 + (16 * i);
            tables[Encoding.Latin1.GetString(font.Slice(entry, 4))] = (font.U32(entry + 8), font.U32(entry + 12));
        }
    }

    private long Table(string tag) => tables.TryGetValue(tag, out var place) ? place.At : throw PdfRefusal.Damaged($"a font program has no table {tag}");

    private void ReadAdvances(SfntReader font)
    {
        GlyphCount = font.U16(Table("maxp") + 4);
        var unitsPerEm = font.U16(Table("head") + 18);
        var count = font.U16(Table("hhea") + 34);
        if (unitsPerEm == 0 || count == 0)
        {
            throw PdfRefusal.Damaged("a font program has no widths");
        }

        advances = new double[count];
        for (var i = 0; i < count; i++)
        {
            advances[i] = font.U16(Table("hmtx") + (4 * i)) * 1000.0 / unitsPerEm;
        }
    }

    private void ReadCmaps(SfntReader font)
    {
        if (!tables.TryGetValue("cmap", out var place))
        {
            return;
        }

        for (var i = 0; i < Math.Min(MostCmaps, font.U16(place.At + 2)); i++)
        {
            var entry = place.At + 4 + (8 * i);
            var cmap = new TrueTypeCmap(font.U16(entry), font.U16(entry + 2));
            cmap.Read(font, place.At + font.U32(entry + 4));
            cmaps.Add(cmap);
        }
    }

    private void ReadPost(SfntReader font)
    {
        if (!tables.TryGetValue("post", out var place) || place.Length < 32)
        {
            return;
        }

        var names = GlyphNames.Names("mac-glyphs");
        var format = font.U32(place.At);
        if (format == 0x00010000)
        {
            for (var i = 0; i < names.Count; i++)
            {
                postNames.TryAdd(names[i], i);
            }
        }
        else if (format == 0x00020000)
        {
            ReadPostNames(font, place.At, place.At + place.Length, names);
        }
    }

    private void ReadPostNames(SfntReader font, long at, long end, IReadOnlyList<string> standard)
    {
        var count = font.U16(at + 32);
        var own = new List<string>();
        for (var next = at + 34 + (2 * count); next < Math.Min(end, font.Length); next += 1 + font.U8(next))
        {
            var length = Math.Min(font.U8(next), font.Length - next - 1);
            own.Add(Encoding.Latin1.GetString(font.Slice(next + 1, length)));
        }

        for (var i = 0; i < count; i++)
        {
            var index = font.U16(at + 34 + (2 * i));
            if (index < standard.Count)
            {
                postNames.TryAdd(standard[index], i);
            }
            else if (index - standard.Count < own.Count)
            {
                postNames.TryAdd(own[index - standard.Count], i);
            }
        }
    }
}
