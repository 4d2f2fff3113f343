namespace Digitizer.Pages.Pdf;

/// <summary>LZWDecode (ISO 32000-1, 7.4.4.2): codes of 9 to 12 bits, most significant bit first.</summary>
internal static class Lzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int Shortest = 9;
    private const int Longest = 12;

    /// <param name="data">As coded.</param>
    /// <param name="early">1 if codes grow one entry earlier than they must, which is the rule; else 0.</param>
    /// <param name="most">Bytes to give.</param>
    /// <returns>The bytes, or null if there are more than <paramref name="most"/>.</returns>
    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static byte[]? Unpack(ReadOnlySpan<byte> data, int early, int most)
    {
        // Each entry is the one before it, at an earlier place of the output, and the byte that follows it there.
        var (starts, lengths) = (new int[1 << Longest], new int[1 << Longest]);
        using var output = new MemoryStream();
        var (next, width, last, lastAt) = (End + 1, Shortest, -1, 0);
        for (long bit = 0; bit + width <= 8L * data.Length;)
        {
            var code = Code(data, bit, width);
            bit += width;
            if (code == End)
            {
                break;
            }

            if (code == Clear)
            {
                (next, width, last) = (End + 1, Shortest, -1);
                continue;
            }

            if (code > next || (code == next && last < 0) || (code >= next && next >= 1 << Longest))
            {
                throw PdfRefusal.Damaged("a stream cannot be unpacked");
            }

            var at = (int)output.Length;
            if (last >= 0 && next < 1 << Longest)
            {
                (starts[next], lengths[next]) = (lastAt, (last < Clear ? 1 : lengths[last]) + 1);
                next++;
            }

            Write(output, code, starts, lengths);
            (last, lastAt) = (code, at);
            width = next + early >= 1 << width && width < Longest ? width + 1 : width;
            if (output.Length > most)
            {
                return null;
            }
        }

        return output.ToArray();
    }

    private static void Write(MemoryStream output, int code, int[] starts, int[] lengths)
    {
        if (code < Clear)
        {
            output.WriteByte((byte)code);
            return;
        }

        // Byte by byte: an entry may end with the byte that it is about to write.
        for (var i = 0; i < lengths[code]; i++)
        {
            output.WriteByte(output.GetBuffer()[starts[code] + i]);
        }
    }

    private static int Code(ReadOnlySpan<byte> data, long bit, int width)
    {
        var at = (int)(bit >> 3);
        var bits = (data[at] << 16) | (At(data, at + 1) << 8) | At(data, at + 2);
        return (bits >> (24 - width - (int)(bit & 7))) & ((1 << width) - 1);
    }

    private static int At(ReadOnlySpan<byte> data, int at) => at < data.Length ? data[at] : 0;
}
