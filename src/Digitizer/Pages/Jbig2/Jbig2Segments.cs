using System.Buffers.Binary;

namespace Digitizer.Pages.Jbig2;

/// <summary>The segments of a JBIG2 stream as a PDF embeds it (ITU-T T.88, 7.2; ISO 32000-1, 7.4.7): renderers end at a broken one without a word.</summary>
internal static class Jbig2Segments
{
    private const byte TypeMask = 0x3f;
    private const byte WidePage = 0x40;
    private const int PageInformation = 48;
    private const int ImmediateGenericRegion = 38;

    // Line ends that writers add.
    private const int Slack = 2;

    /// <summary>Whether every segment is there to its end, and a page among them.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> stream)
    {
        var hasPage = false;
        while (stream.Length > Slack)
        {
            if (Header(stream) is not { } header)
            {
                return false;
            }

            hasPage |= header.Type == PageInformation;
            if (header.Data == uint.MaxValue)
            {
                // One whose writer did not know its length runs to its end mark; nothing of ours looks for that.
                return header.Type == ImmediateGenericRegion && hasPage;
            }

            if (header.Length + (long)header.Data > stream.Length)
            {
                return false;
            }

            stream = stream[(header.Length + (int)header.Data)..];
        }

        return hasPage;
    }

    /// <returns>The segment's type, and bytes of its header and of its data; null if the header is cut.</returns>
    private static (int Type, int Length, uint Data)? Header(ReadOnlySpan<byte> stream)
    {
        const int Fixed = 6;
        if (stream.Length < Fixed)
        {
            return null;
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(stream);
        var flags = stream[4];
        var (references, counting) = (stream[5] >> 5, 1);
        if (references == 7)
        {
            if (stream.Length < Fixed + 3)
            {
                return null;
            }

            references = (int)(BinaryPrimitives.ReadUInt32BigEndian(stream[5..]) & 0x1fffffff);
            counting = 4 + ((references + 8) / 8);
        }

        var reference = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
        var at = 5L + counting + ((long)references * reference) + ((flags & WidePage) == 0 ? 1 : 4);
        return at + 4 > stream.Length ? null : (flags & TypeMask, (int)at + 4, BinaryPrimitives.ReadUInt32BigEndian(stream[(int)at..]));
    }
}
