using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Small pages, made here.</summary>
internal static class Pictures
{
    /// <summary>A white page of a kind that no other seed gives, as PNG (ISO/IEC 15948), 8-bit grey.</summary>
    public static byte[] WhitePng(int seed = 0)
    {
        const int Width = 300;
        const int Height = 420;
        var rows = new byte[Height * (Width + 1)];
        for (var y = 0; y < Height; y++)
        {
            rows.AsSpan((y * (Width + 1)) + 1, Width).Fill(255);
        }

        rows[1 + seed] = 254;
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [0, 0, Width >> 8, Width & 255, 0, 0, Height >> 8, Height & 255, 8, 0, 0, 0, 0]);
        Chunk(file, "IDAT", Compress(rows));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    // ISO/IEC 15948, annex D.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            }
        }

        return ~crc;
    }
}
