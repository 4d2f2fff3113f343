using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>PNG files without a filter (PNG, W3C 2003, 5 and 11).</summary>
internal static class PlainPng
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>One shade: a few kilobytes, whatever the size in pixels.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="samples">1 = grey, 3 = RGB, 8 bits each.</param>
    public static byte[] Create(int width, int height, int samples) => Create(width, height, samples, new byte[width * samples]);

    /// <summary>A picture.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="samples">1 = grey, 3 = RGB, 8 bits each.</param>
    /// <param name="pixels">Rows without padding, used again from the start where they end.</param>
    public static byte[] Create(int width, int height, int samples, byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(samples == 1 ? 0 : 2);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Rows(width * samples, height, pixels));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Rows(int bytes, int height, byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            var row = new byte[bytes + 1];
            for (var y = 0; y < height; y++)
            {
                pixels.AsSpan(y * bytes % pixels.Length, bytes).CopyTo(row.AsSpan(1));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(content));
        file.Write(number);
    }

    // ISO 3309, as in annex D of the PNG specification.
    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
