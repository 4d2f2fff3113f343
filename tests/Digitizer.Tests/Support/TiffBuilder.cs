using System.Buffers.Binary;

namespace Digitizer.Tests.Support;

/// <summary>Writes uncompressed 8-bit TIFF files by hand, so that tests can break every part of them.</summary>
internal sealed class TiffBuilder(bool littleEndian = true)
{
    private readonly List<(int Width, int Height, long? StripOffset, int SubfileType)> pages = [];
    private bool circular;

    public TiffBuilder Page(int width, int height, long? stripOffset = null, int subfileType = 0)
    {
        pages.Add((width, height, stripOffset, subfileType));
        return this;
    }

    public TiffBuilder ChainBackToFirst()
    {
        circular = true;
        return this;
    }

    /// <summary>Strips first, so that the last bytes of the file are the end of the last directory.</summary>
    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        file.Write(littleEndian ? "II"u8 : "MM"u8);
        U16(file, 42);
        var firstAt = file.Position;
        U32(file, 0);
        var next = firstAt;
        foreach (var page in pages)
        {
            var strip = file.Position;

            // Pages that are only announced bring no pixels.
            var pixels = (int)Math.Min((long)page.Width * page.Height, 4096);
            file.Write(new byte[pixels]);
            next = Directory(file, page, page.StripOffset ?? strip, pixels, next);
        }

        if (circular)
        {
            var first = ReadU32(file, firstAt);
            WriteU32At(file, next, first);
        }

        return file.ToArray();
    }

    private long Directory(MemoryStream file, (int Width, int Height, long? StripOffset, int SubfileType) page, long strip, int length, long linkAt)
    {
        WriteU32At(file, linkAt, (uint)file.Position);
        (ushort Tag, uint Value)[] entries =
        [
            (254, (uint)page.SubfileType), (256, (uint)page.Width), (257, (uint)page.Height), (258, 8), (259, 1), (262, 1),
            (273, (uint)strip), (277, 1), (278, (uint)page.Height), (279, (uint)length),
        ];
        U16(file, (ushort)entries.Length);
        foreach (var (tag, value) in entries)
        {
            U16(file, tag);
            U16(file, 4);
            U32(file, 1);
            U32(file, value);
        }

        var link = file.Position;
        U32(file, 0);
        return link;
    }

    private void U16(MemoryStream file, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (littleEndian)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }

        file.Write(bytes);
    }

    private void U32(MemoryStream file, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (littleEndian)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }

        file.Write(bytes);
    }

    private void WriteU32At(MemoryStream file, long at, uint value)
    {
        var end = file.Position;
        file.Position = at;
        U32(file, value);
        file.Position = end;
    }

    private uint ReadU32(MemoryStream file, long at)
    {
        var bytes = file.ToArray().AsSpan((int)at, 4);
        return littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
