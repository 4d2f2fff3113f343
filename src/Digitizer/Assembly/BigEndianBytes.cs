using System.Buffers.Binary;
using System.Text;

namespace Digitizer.Assembly;

/// <summary>Collects the big-endian fields of which TrueType and ICC files consist.</summary>
internal sealed class BigEndianBytes
{
    private readonly List<byte> bytes = [];

    public int Length => bytes.Count;

    public BigEndianBytes U8(params ReadOnlySpan<byte> values)
    {
        bytes.AddRange(values);
        return this;
    }

    public BigEndianBytes U16(params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Grow(2), unchecked((ushort)value));
        }

        return this;
    }

    public BigEndianBytes U32(params ReadOnlySpan<uint> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32BigEndian(Grow(4), value);
        }

        return this;
    }

    /// <summary>ICC's s15Fixed16Number.</summary>
    public BigEndianBytes Fixed(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            U32(unchecked((uint)(int)Math.Round(value * 65536)));
        }

        return this;
    }

    public BigEndianBytes Ascii(string text) => U8(Encoding.ASCII.GetBytes(text));

    public BigEndianBytes Zeros(int count) => U8(new byte[count]);

    /// <summary>Fills up to a multiple of four, on which tables must begin in both formats.</summary>
    public BigEndianBytes Align() => Zeros((4 - (Length % 4)) % 4);

    public byte[] ToArray() => [.. bytes];

    private Span<byte> Grow(int count)
    {
        var start = bytes.Count;
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(bytes, start + count);
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[start..];
    }
}
