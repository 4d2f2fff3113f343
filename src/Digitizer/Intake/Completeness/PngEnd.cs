namespace Digitizer.Intake.Completeness;

/// <summary>Walks a PNG's chunks to IEND, every checksum verified (PNG specification, third edition, clause 5).</summary>
internal static class PngEnd
{
    /// <exception cref="CutShortException">The file ends before IEND.</exception>
    public static Wholeness Walk(FileBytes file)
    {
        var (at, hasData) = (8L, false);
        while (true)
        {
            var length = file.U32(at, littleEndian: false);
            _ = file.At(at + length + 8, 4);
            var kind = file.U32(at + 4, littleEndian: false);
            if (Checksum(file, at + 4, length + 4) != file.U32(at + 8 + length, littleEndian: false))
            {
                return Wholeness.Cut;
            }

            hasData |= kind == Kind("IDAT"u8);
            if (kind == Kind("IEND"u8))
            {
                return new Wholeness(hasData, 1);
            }

            at += length + 12;
        }
    }

    private static long Kind(ReadOnlySpan<byte> name) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(name);

    private static uint Checksum(FileBytes file, long at, long count)
    {
        var crc = 0u;
        while (count > 0)
        {
            var span = file.From(at);
            span = span[..(int)Math.Min(span.Length, count)];
            crc = Crc32.Append(crc, span);
            at += span.Length;
            count -= span.Length;
        }

        return crc;
    }
}
