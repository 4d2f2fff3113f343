using System.Buffers.Binary;

namespace Digitizer.Pages;

/// <summary>Numbers of a TIFF file in its own byte order, every position checked.</summary>
internal readonly ref struct TiffReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;

    public bool LittleEndian { get; } = data[0] == 'I';

    public long Length => data.Length;

    public int U16(long at) => LittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(At(at, 2))
        : BinaryPrimitives.ReadUInt16BigEndian(At(at, 2));

    public long U32(long at) => LittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(At(at, 4))
        : BinaryPrimitives.ReadUInt32BigEndian(At(at, 4));

    public ReadOnlySpan<byte> At(long at, long count)
        => at < 0 || count < 0 || at > data.Length - count
            ? throw TiffFile.Truncated()
            : data.Slice((int)at, (int)count);
}
