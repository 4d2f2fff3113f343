using System.Runtime.InteropServices;
using System.Text;
using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Tests.Support;

/// <summary>The page of Fixtures/formats in every coding that scanners put into PDFs.</summary>
internal static class ScanPictures
{
    // imageio.h: IFF_TIFF_RLE, IFF_TIFF_G3.
    private const int LeptonicaRunLengths = 6;
    private const int LeptonicaG3 = 7;
    private const string Size = "/Width 900 /Height 500";

    public static ScanPage Jpeg(string name = "gray-baseline.jpg") => new(
        $"{Size} /ColorSpace {(name.StartsWith("gray", StringComparison.Ordinal) ? "/DeviceGray" : "/DeviceRGB")} /BitsPerComponent 8 /Filter /DCTDecode", File_(name));

    public static IReadOnlyDictionary<string, ScanPage> All { get; } = new Dictionary<string, ScanPage>
    {
        ["gray JPEG"] = Jpeg(),
        ["colour JPEG"] = Jpeg("rgb-progressive.jpg"),
        ["CMYK JPEG"] = new($"{Size} /ColorSpace /DeviceCMYK /BitsPerComponent 8 /Decode [1 0 1 0 1 0 1 0] /Filter /DCTDecode", File_("cmyk-adobe.jpg")),
        ["JPEG behind Flate"] = new($"{Size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/FlateDecode /DCTDecode] /DecodeParms [null null]", ScanPdf.Deflate(Jpeg().Data)),
        ["JPEG behind ASCII85"] = new($"{Size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCII85Decode /DCTDecode]", Ascii85(Jpeg().Data)),
        ["JPEG behind ASCIIHex"] = new($"{Size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCIIHexDecode /DCTDecode]", [.. Encoding.ASCII.GetBytes(Convert.ToHexString(Jpeg().Data)), (byte)'>']),
        ["G4"] = Fax("g4.tif", -1),
        ["G4, black and white exchanged by BlackIs1 and Decode"] = Fax("g4.tif", -1, " /BlackIs1 true") with { FurtherPicture = "/Decode [1 0]" },
        ["G4 with a palette"] = Fax("g4.tif", -1, " /BlackIs1 true", "[/Indexed /DeviceRGB 1 <FFFFFF000000>]"),
        ["G4 stencil"] = new($"{Size} /ImageMask true /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 900 >>", Strip("g4.tif")),
        ["G3 in two dimensions"] = Fax("g3.tif", 1, " /BlackIs1 true"),
        ["G3 in one dimension"] = Fax(Coded(LeptonicaG3), 0, " /EndOfLine true"),
        ["G3 in padded rows without marks"] = Fax(Coded(LeptonicaRunLengths), 0, " /EncodedByteAlign true /EndOfBlock false"),
        ["grey samples"] = Samples(Gray(), "/DeviceGray", 8),
        ["colour samples"] = Samples(Rgb(), "/DeviceRGB", 8),
        ["colour samples with PNG prediction"] = Predicted(),
        ["inverted grey samples"] = Samples(Array.ConvertAll(Gray(), b => (byte)~b), "/DeviceGray", 8) with { FurtherPicture = "/Decode [1 0]" },
        ["samples of one bit"] = Samples(Bits(), "/DeviceGray", 1),
        ["palette of two colours, white first"] = Samples(Array.ConvertAll(Bits(), b => (byte)~b), "[/Indexed /DeviceGray 1 <FF00>]", 1),
        ["palette of sixteen greys"] = Samples(Nibbles(), "[/Indexed /DeviceGray 15 <00112233445566778899AABBCCDDEEFF>]", 4),
        ["stencil of samples"] = new($"{Size} /ImageMask true /BitsPerComponent 1 /Filter /FlateDecode", ScanPdf.Deflate(Bits())),
        ["grey samples packed with LZW"] = new($"{Size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /LZWDecode", Lzw(Gray())),
        ["calibrated grey"] = Samples(Gray(), "[/CalGray << /WhitePoint [0.95 1 1.09] >>]", 8),
    };

    private static byte[] Strip(string name) => Strips(File_(name));

    /// <summary>The coded strips of a TIFF file, joined. Of T.4 they are one: each starts with the mark of a row's end.</summary>
    private static byte[] Strips(byte[] file)
    {
        var page = TiffFile.Read(file, PageLimits.Default)[0];
        return [.. page.PieceOffsets.Zip(page.PieceLengths).SelectMany(piece => file.AsSpan((int)piece.First, (int)piece.Second).ToArray())];
    }

    private static byte[] Coded(int format)
    {
        using var pix = Pix.FromBits(Array.ConvertAll(Bits(), b => (byte)~b), 900, 500);
        Assert.Equal(0, LeptonicaImports.pixWriteMemTiff(out var data, out var size, pix, format));
        var file = new byte[(int)size];
        Marshal.Copy(data, file, 0, file.Length);
        LeptonicaImports.lept_free(data);
        return Strips(file);
    }

    private static ScanPage Fax(string name, int k, string parameters = "", string space = "/DeviceGray") => Fax(Strip(name), k, parameters, space);

    private static ScanPage Fax(byte[] data, int k, string parameters = "", string space = "/DeviceGray") => new(
        $"{Size} /ColorSpace {space} /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K {k} /Columns 900 /Rows 500{parameters} >>", data);

    private static ScanPage Samples(byte[] samples, string space, int bits) => new(
        $"{Size} /ColorSpace {space} /BitsPerComponent {bits} /Filter /FlateDecode", ScanPdf.Deflate(samples));

    private static ScanPage Predicted()
    {
        var rgb = Rgb();
        var rows = new List<byte>();
        for (var y = 0; y < 500; y++)
        {
            // Filters 0 to 4 by turns.
            var row = rgb.AsSpan(y * 2700, 2700);
            var above = y == 0 ? new byte[2700] : rgb.AsSpan((y - 1) * 2700, 2700);
            rows.Add((byte)(y % 5));
            for (var i = 0; i < 2700; i++)
            {
                int left = i < 3 ? 0 : row[i - 3], up = above[i], corner = i < 3 ? 0 : above[i - 3];
                rows.Add((byte)(row[i] - (y % 5) switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 }));
            }
        }

        return new($"{Size} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 900 >>", ScanPdf.Deflate([.. rows]));
    }

    private static int Paeth(int a, int b, int c)
    {
        var (pa, pb, pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private static byte[] Gray()
    {
        using var pix = Pix.FromPng(File_("gray8.png"));
        return pix.ToBytes();
    }

    private static byte[] Rgb()
    {
        using var pix = Pix.FromPng(File_("rgb.png"));
        return pix.ToBytes();
    }

    private static byte[] Bits()
    {
        var gray = Gray();
        var rows = new byte[113 * 500];
        for (var i = 0; i < gray.Length; i++)
        {
            rows[(i / 900 * 113) + (i % 900 / 8)] |= (byte)(gray[i] >= 150 ? 0x80 >> (i % 900 % 8) : 0);
        }

        return rows;
    }

    private static byte[] Nibbles()
    {
        var gray = Gray();
        return [.. Enumerable.Range(0, gray.Length / 2).Select(i => (byte)((gray[2 * i] & 0xF0) | (gray[(2 * i) + 1] >> 4)))];
    }

    /// <summary>As a simple writer would: the table grows, and is cleared when it is full.</summary>
    private static byte[] Lzw(byte[] data)
    {
        var bits = new StringBuilder();
        var (table, width) = (new Dictionary<string, int>(), 9);
        void Put(int code) => bits.Append(Convert.ToString(code, 2).PadLeft(width, '0'));
        void Restart()
        {
            Put(256);
            (table, width) = (Enumerable.Range(0, 256).ToDictionary(i => ((char)i).ToString(), i => i), 9);
        }

        Restart();
        var known = "";
        foreach (var b in data)
        {
            var longer = known + (char)b;
            if (table.ContainsKey(longer))
            {
                known = longer;
                continue;
            }

            Put(table[known]);
            table[longer] = table.Count + 2;
            width = table.Count + 2 >= (1 << width) ? width + 1 : width;
            if (table.Count + 2 >= 4095)
            {
                Restart();
            }

            known = ((char)b).ToString();
        }

        Put(table[known]);
        Put(257);
        bits.Append('0', (8 - (bits.Length % 8)) % 8);
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.ToString(8 * i, 8), 2))];
    }

    private static byte[] Ascii85(byte[] data)
    {
        var text = new StringBuilder();
        for (var at = 0; at < data.Length; at += 4)
        {
            var count = Math.Min(4, data.Length - at);
            var group = 0L;
            for (var i = 0; i < 4; i++)
            {
                group = (group << 8) | (i < count ? data[at + i] : (byte)0);
            }

            var digits = new char[5];
            for (var i = 4; i >= 0; i--, group /= 85)
            {
                digits[i] = (char)('!' + (group % 85));
            }

            text.Append(count == 4 && digits.All(d => d == '!') ? "z" : new string(digits, 0, count + 1));
        }

        return Encoding.ASCII.GetBytes(text + "~>");
    }

    private static byte[] File_(string name) => File.ReadAllBytes(Fixture.Path("formats/" + name));
}
