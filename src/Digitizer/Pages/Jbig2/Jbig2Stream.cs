using System.Buffers.Binary;
using Digitizer.Native;

namespace Digitizer.Pages.Jbig2;

/// <summary>
/// A bitonal picture as a PDF embeds it (ISO 32000-1, 7.4.7): the segments of one page, without file header, globals and
/// end of page. There are two, page information and one lossless generic region; nothing is taken for something else that looks like it.
/// </summary>
internal static class Jbig2Stream
{
    /// <summary>Bytes before the coded pixels.</summary>
    public const int HeadLength = SegmentHeader + PageInformation + SegmentHeader + RegionInformation + RegionCoding;

    private const int SegmentHeader = 11;
    private const int PageInformation = 19;
    private const int RegionInformation = 17;
    private const int RegionCoding = 9;

    // Segment types (ITU-T T.88, 7.3).
    private const byte OfPage = 48;
    private const byte OfLosslessRegion = 39;

    private const byte FirstPage = 1;
    private const byte EventuallyLossless = 1;
    private const byte Typical = 1 << 3;

    /// <summary>Across and down of the adaptive pixels A1 to A4 at their nominal places (figure 3).</summary>
    private static ReadOnlySpan<sbyte> AdaptivePixels => [3, -1, -3, -1, 2, -2, -2, -2];

    /// <summary>Codes a 1-bit image; rows that repeat are coded as such where that is shorter.</summary>
    public static byte[] Encode(Pix bitonal)
    {
        var rows = new BitRows(bitonal);
        var plain = Encode(rows, typical: false);
        if (!rows.AnyInkRepeats())
        {
            return plain;
        }

        var typical = Encode(rows, typical: true);
        return typical.Length < plain.Length ? typical : plain;
    }

    /// <summary>Codes rows.</summary>
    /// <param name="rows">The picture.</param>
    /// <param name="typical">Whether rows that repeat the one above them are marked instead of coded.</param>
    public static byte[] Encode(BitRows rows, bool typical)
    {
        var coded = GenericRegion.Encode(rows, typical);
        return [.. Head(rows.Width, rows.Height, coded.Length, typical), .. coded];
    }

    /// <summary>Whether bytes begin as ours do: what follows can then be nothing but the pixels of one generic region of that size.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="length">Of all bytes.</param>
    public static bool IsOneRegion(ReadOnlySpan<byte> head, int width, int height, long length)
        => length is > HeadLength and <= int.MaxValue
        && (head.SequenceEqual(Head(width, height, (int)length - HeadLength, typical: false))
            || head.SequenceEqual(Head(width, height, (int)length - HeadLength, typical: true)));

    private static byte[] Head(int width, int height, int coded, bool typical)
    {
        var head = new byte[HeadLength];
        var page = Begin(head, 0, OfPage, PageInformation);
        WriteSize(page, width, height);
        page[16] = EventuallyLossless;

        var region = Begin(head.AsSpan(SegmentHeader + PageInformation), 1, OfLosslessRegion, RegionInformation + RegionCoding + coded);
        WriteSize(region, width, height);
        var coding = region[RegionInformation..];
        coding[0] = typical ? Typical : (byte)0;
        for (var i = 0; i < AdaptivePixels.Length; i++)
        {
            coding[1 + i] = (byte)AdaptivePixels[i];
        }

        return head;
    }

    /// <summary>Writes a segment header (7.2): number, type, no segments referred to, page, length of what follows.</summary>
    /// <returns>Where the segment's data go.</returns>
    private static Span<byte> Begin(Span<byte> at, int number, byte type, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, number);
        at[4] = type;
        at[6] = FirstPage;
        BinaryPrimitives.WriteInt32BigEndian(at[7..], length);
        return at[SegmentHeader..];
    }

    private static void WriteSize(Span<byte> at, int width, int height)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, width);
        BinaryPrimitives.WriteInt32BigEndian(at[4..], height);
    }
}
