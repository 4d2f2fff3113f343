using System.Buffers.Binary;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>A TrueType font of the system, as far as a PDF that embeds it needs to know it (OpenType 1.9: cmap format 4, hmtx).</summary>
internal sealed class TrueTypeFile
{
    // poppler brings fontconfig, and that one of these (Debian: fontconfig-config).
    private static readonly string[] Known =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    ];

    private static readonly Lazy<TrueTypeFile> First = new(() => new TrueTypeFile(File.ReadAllBytes(Known.First(File.Exists))));
    private readonly Dictionary<string, int> tables = [];
    private readonly int widths;

    private TrueTypeFile(byte[] bytes)
    {
        Bytes = bytes;
        for (var i = 0; i < Word(4); i++)
        {
            var entry = 12 + (16 * i);
            tables[Encoding.ASCII.GetString(bytes, entry, 4)] = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(entry + 8));
        }

        widths = Word(tables["hhea"] + 34);
    }

    /// <summary>A font with all letters of Vietnamese.</summary>
    public static TrueTypeFile Installed => First.Value;

    public byte[] Bytes { get; }

    /// <summary>Number of the glyph of a letter, 0 if there is none.</summary>
    public int Glyph(char letter)
    {
        var table = Unicode();
        var segments = Word(table + 6) / 2;
        for (var i = 0; i < segments; i++)
        {
            var (end, start) = (Word(table + 14 + (2 * i)), Word(table + 16 + (2 * (segments + i))));
            if (letter <= end)
            {
                var (delta, at) = (Word(table + 16 + (2 * ((2 * segments) + i))), table + 16 + (2 * ((3 * segments) + i)));
                return letter < start ? 0 : Word(at) == 0 ? (letter + delta) & 0xFFFF : (Word(at + Word(at) + (2 * (letter - start))) + delta) & 0xFFFF;
            }
        }

        return 0;
    }

    /// <summary>Its advance in thousandths of the letter size.</summary>
    public int Width(int glyph) => Word(tables["hmtx"] + (4 * Math.Min(glyph, widths - 1))) * 1000 / Word(tables["head"] + 18);

    private int Unicode()
    {
        var map = tables["cmap"];
        return Enumerable.Range(0, Word(map + 2)).Select(i => map + (int)BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(map + 8 + (8 * i)))).First(table => Word(table) == 4);
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(at));
}
