using System.Buffers.Binary;

namespace Digitizer.Intake.Completeness;

/// <summary>The structure of a file ends, or points, outside of the file.</summary>
internal sealed class CutShortException : Exception;

/// <summary>Numbers at any place of a stream that can seek; a place outside is <see cref="CutShortException"/>.</summary>
internal sealed class FileBytes(Stream stream)
{
    private readonly byte[] buffer = new byte[1 << 16];
    private long bufferAt;
    private int buffered;

    public long Length { get; } = stream.Length;

    public byte U8(long at) => At(at, 1)[0];

    public int U16(long at, bool littleEndian)
        => littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(At(at, 2)) : BinaryPrimitives.ReadUInt16BigEndian(At(at, 2));

    public long U32(long at, bool littleEndian)
        => littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(At(at, 4)) : BinaryPrimitives.ReadUInt32BigEndian(At(at, 4));

    /// <summary>Some bytes; overwritten by the next call.</summary>
    /// <param name="at">Where they start.</param>
    /// <param name="count">At most 64 KiB.</param>
    public ReadOnlySpan<byte> At(long at, int count)
    {
        if (at < 0 || at > Length - count)
        {
            throw new CutShortException();
        }

        if (at < bufferAt || at + count > bufferAt + buffered)
        {
            Fill(at);
        }

        return count <= buffered ? buffer.AsSpan((int)(at - bufferAt), count) : throw new CutShortException();
    }

    /// <summary>As much as is at hand from a place on: one byte or more.</summary>
    public ReadOnlySpan<byte> From(long at)
    {
        _ = At(at, 1);
        return buffer.AsSpan((int)(at - bufferAt), buffered - (int)(at - bufferAt));
    }

    private void Fill(long at)
    {
        stream.Position = at;
        bufferAt = at;
        buffered = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }
}
