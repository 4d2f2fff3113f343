using System.Text;
using Digitizer.Assembly;

namespace Digitizer.Tests.Support;

/// <summary>
/// Small fonts of the kinds that office programs embed: glyph 0 for missing characters, then A, 600 wide, and B, 700.
/// </summary>
internal static class TestFonts
{
    /// <summary>A TrueType font of 1000 units.</summary>
    /// <param name="platform">Of its cmap: 3 Windows.</param>
    /// <param name="encoding">Of its cmap: 1 Unicode, 0 symbols.</param>
    /// <param name="first">Code of A.</param>
    public static byte[] TrueType(int platform = 3, int encoding = 1, int first = 'A')
    {
        // Segment of A and B, and the closing one.
        var cmap = new BigEndianBytes().U16(0, 1, platform, encoding).U32(12)
            .U16(4, 32, 0, 4, 4, 1, 0, first + 1, 0xFFFF, 0, first, 0xFFFF, 1 - first, 1, 0, 0);
        return Assemble(
            ("cmap", cmap),
            ("glyf", new BigEndianBytes().Zeros(4)),
            ("head", new BigEndianBytes().U32(0x00010000, 0x00010000, 0, 0x5F0F3CF5).U16(0, 1000).Zeros(16).U16(0, 0, 700, 700, 0, 8, 2, 0, 0)),
            ("hhea", new BigEndianBytes().U32(0x00010000).U16(800, -200, 0, 700, 0, 0, 0, 1, 0, 0).Zeros(8).U16(0, 3)),
            ("hmtx", new BigEndianBytes().U16(500, 0, 600, 0, 700, 0)),
            ("loca", new BigEndianBytes().U16(0, 0, 0, 0)),
            ("maxp", new BigEndianBytes().U32(0x00010000).U16(3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)));
    }

    /// <summary>A Type 1 font in the Compact Font Format.</summary>
    public static byte[] Compact()
    {
        byte[] Number(int value) => [28, (byte)(value >> 8), (byte)value];
        byte[] Glyph(int width) => [.. Number(width), 14];
        var head = new BigEndianBytes().U8(1, 0, 4, 2).U8(Index(Encoding.ASCII.GetBytes("Test"))).ToArray();
        var strings = Index();
        var charStrings = Index(Glyph(500), Glyph(600), Glyph(700));
        byte[] charset = [0, 0, 34, 0, 35];

        // charset, CharStrings, Private: three numbers whose size does not depend on their values.
        byte[] Top(int charsetAt, int charStringsAt, int privateAt) => [.. Number(charsetAt), 15, .. Number(charStringsAt), 17, .. Number(0), .. Number(privateAt), 18];
        var start = head.Length + Index(Top(0, 0, 0)).Length + strings.Length + 2;
        var top = Index(Top(start, start + charset.Length, start + charset.Length + charStrings.Length));
        return [.. head, .. top, .. strings, 0, 0, .. charset, .. charStrings];
    }

    /// <summary>A Type 1 font as PostScript has it.</summary>
    public static byte[] Type1()
    {
        var clear = "%!PS-AdobeFont-1.0: Test\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 66 /B put\nreadonly def\ncurrentfile eexec\n";
        var body = new List<byte>(Encoding.ASCII.GetBytes("0000dup /Private 8 dict dup begin /lenIV 4 def\n2 index /CharStrings 3 dict dup begin\n"));
        foreach (var (name, width) in ((string, int)[])[(".notdef", 500), ("A", 600), ("B", 700)])
        {
            // 0 width hsbw endchar, behind four random bytes.
            var code = Encrypt([0, 0, 0, 0, 139, 255, 0, 0, (byte)(width >> 8), (byte)width, 13, 14], 4330);
            body.AddRange(Encoding.ASCII.GetBytes($"/{name} {code.Length} RD "));
            body.AddRange(code);
            body.AddRange(" ND\n"u8);
        }

        body.AddRange("end\nend\nmark currentfile closefile\n"u8);
        return [.. Encoding.ASCII.GetBytes(clear), .. Encrypt([.. body], 55665)];
    }

    private static byte[] Index(params byte[][] items)
    {
        if (items.Length == 0)
        {
            return [0, 0];
        }

        var index = new BigEndianBytes().U16(items.Length).U8(2);
        var at = 1;
        index.U16(at);
        foreach (var item in items)
        {
            index.U16(at += item.Length);
        }

        return index.U8([.. items.SelectMany(i => i)]).ToArray();
    }

    private static byte[] Encrypt(byte[] plain, ushort key)
    {
        var cipher = new byte[plain.Length];
        for (var i = 0; i < plain.Length; i++)
        {
            cipher[i] = (byte)(plain[i] ^ (key >> 8));
            key = unchecked((ushort)(((cipher[i] + key) * 52845) + 22719));
        }

        return cipher;
    }

    private static byte[] Assemble(params (string Tag, BigEndianBytes Data)[] tables)
    {
        var font = new BigEndianBytes().U32(0x00010000).U16(tables.Length, 0, 0, 0);
        var offset = (uint)(12 + (16 * tables.Length));
        foreach (var (tag, data) in tables)
        {
            var length = (uint)data.Length;
            data.Align();
            font.Ascii(tag).U32(0, offset, length);
            offset += (uint)data.Length;
        }

        foreach (var (_, data) in tables)
        {
            font.U8(data.ToArray());
        }

        return font.ToArray();
    }
}
