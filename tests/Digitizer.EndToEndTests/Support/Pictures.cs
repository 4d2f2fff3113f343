using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Digitizer.Intake.Completeness;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Picture files written by hand, whole or hostile.</summary>
internal static class Pictures
{
    /// <summary>A grey PNG of one level.</summary>
    public static byte[] Png(int width, int height, int bits = 8, Func<byte[]>? data = null, params byte[][] extraChunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bits;
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        file.Write(PngChunk("IHDR", header));
        foreach (var chunk in extraChunks)
        {
            file.Write(chunk);
        }

        file.Write(PngChunk("IDAT", data?.Invoke() ?? Zlib((((long)width * bits) + 7) / 8 * height + height, 255)));
        file.Write(PngChunk("IEND", []));
        return file.ToArray();
    }

    public static byte[] PngChunk(string kind, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(kind), .. data];
        var ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(ends.AsSpan(4), Crc32.Of(typed));
        return [.. ends[..4], .. typed, .. ends[4..]];
    }

    /// <summary>So many equal bytes, deflated: a bomb is small.</summary>
    public static byte[] Zlib(long length, byte value)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1 << 16];
            Array.Fill(block, value);
            for (; length > 0; length -= block.Length)
            {
                zlib.Write(block, 0, (int)Math.Min(block.Length, length));
            }
        }

        return packed.ToArray();
    }

    /// <summary>A little-endian TIFF with the given directories; each entry is tag, type 4, count, value.</summary>
    public static byte[] Tiff(byte[] strip, params (ushort Tag, uint Count, uint Value)[][] directories)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write((uint)(8 + strip.Length));
        writer.Write(strip);
        for (var i = 0; i < directories.Length; i++)
        {
            writer.Write((ushort)directories[i].Length);
            foreach (var (tag, count, value) in directories[i])
            {
                writer.Write(tag);
                writer.Write((ushort)4);
                writer.Write(count);
                writer.Write(value);
            }

            writer.Write(i == directories.Length - 1 ? 0u : (uint)file.Position + 4);
        }

        return file.ToArray();
    }

    /// <summary>The entries of a plain grey page whose one strip starts right after the file's header.</summary>
    public static (ushort Tag, uint Count, uint Value)[] Page(uint width, uint height, uint compression, uint length, uint bits = 8, uint samples = 1) =>
    [
        (256, 1, width), (257, 1, height), (258, 1, bits), (259, 1, compression), (262, 1, 1),
        (273, 1, 8), (277, 1, samples), (278, 1, height), (279, 1, length),
    ];

    /// <summary>JPEG markers around a frame of the given size.</summary>
    public static byte[] Jpeg(int width, int height, int scans, byte[]? before = null)
    {
        List<byte> bytes = [0xFF, 0xD8, .. before ?? []];
        bytes.AddRange([0xFF, 0xC2, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        for (var i = 0; i < scans; i++)
        {
            bytes.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55]);
        }

        bytes.AddRange([0xFF, 0xD9]);
        return [.. bytes];
    }

    public static byte[] Bmp(int width, int height, uint compression = 0)
    {
        var file = new byte[60];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(30), compression);
        return file;
    }

    /// <summary>A WebP whose extended header announces a canvas.</summary>
    public static byte[] WebP(int width, int height, byte flags = 0)
    {
        var file = new byte[40];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WEBPVP8X"u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 10);
        file[20] = flags;
        (file[24], file[25], file[26]) = ((byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16));
        (file[27], file[28], file[29]) = ((byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16));
        return file;
    }
}
