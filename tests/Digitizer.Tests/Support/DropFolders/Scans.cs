using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support.DropFolders;

/// <summary>Small whole files of every format, each with bytes of its own by a number.</summary>
internal static class Scans
{
    public static byte[] Jpeg(int number = 0, int size = 300)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        file.Write([0xFF, 0xC0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
        file.Write([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
        file.Write(Filling(number, size));
        file.Write([0xFF, 0x00, 0x11, 0xFF, 0xD0, 0x22, 0xFF, 0xD9]);
        return file.ToArray();
    }

    public static byte[] Png(int number = 0) => PlainPng.Create(20 + number, 30, 1);

    public static byte[] Tiff(int pages = 2)
    {
        var builder = new TiffBuilder();
        for (var i = 0; i < pages; i++)
        {
            builder.Page(20, 30);
        }

        return builder.ToArray();
    }

    public static byte[] Bmp(int number = 0)
    {
        var file = new byte[54 + (16 * 8)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        file[10] = 54;
        file[14] = 40;
        file[18] = 16;
        file[22] = 8;
        file[26] = 1;
        file[28] = 8;
        Filling(number, 16 * 8).CopyTo(file, 54);
        return file;
    }

    /// <summary>A PDF of one empty page with a classic cross-reference table.</summary>
    public static byte[] Pdf(int number = 0, int size = 600)
    {
        var text = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            $"<</Length {size}>>\nstream\n{new string((char)('a' + (number % 26)), size - 8)}{number:D8}\nendstream",
        ];
        foreach (var (index, content) in objects.Index())
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{content}\nendobj\n");
        }

        var start = text.Length;
        text.Append("xref\n0 5\n0000000000 65535 f \n");
        offsets.ForEach(o => text.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        text.Append(CultureInfo.InvariantCulture, $"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    // No 0xFF in it, which would be a marker in a JPEG.
    private static byte[] Filling(int number, int size)
    {
        var bytes = new byte[size];
        new Random(number).NextBytes(bytes);
        bytes.AsSpan().Replace((byte)0xFF, (byte)0);
        return bytes;
    }
}
