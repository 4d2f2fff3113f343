using System.Buffers.Binary;
using Digitizer.Native;

namespace Digitizer.Pages.Jbig2;

/// <summary>
/// A bitonal picture as a PDF embeds it (ISO 32000-1, 7.4.7): the segments of one page, without file header, globals and
/// end of page. There are two, page information and one lossless generic region; nothing is taken for something else that looks like it.
/// </summary>
internal static class Jbig2Stream
{
    /// <summary>The most bytes that there are before the coded pixels.</summary>
    public const int LongestHead = SegmentHeader + PageInformation + SegmentHeader + RegionInformation + 1 + (2 * 4);

    private const int SegmentHeader = 11;
    private const int PageInformation = 19;
    private const int RegionInformation = 17;

    // Bytes of coded pixels. Larger pages are always shortest with the most neighbours.
    private const int Small = 16 * 1024;

    // Segment types (ITU-T T.88, 7.3).
    private const byte OfPage = 48;
    private const byte OfLosslessRegion = 39;

    private const byte FirstPage = 1;
    private const byte EventuallyLossless = 1;
    private const byte Typical = 1 << 3;

    /// <summary>Codes a 1-bit image the shortest of the ways that are likely to be.</summary>
    public static byte[] Encode(Pix bitonal)
    {
        var rows = new BitRows(bitonal);
        var best = GenericRegion.Encode(rows, ContextTemplate.All[0], typical: false)!;
        foreach (var template in (best.Bytes.Length < Small ? ContextTemplate.All : ContextTemplate.ForLargePages).Skip(1))
        {
            best = Shorter(rows, template, typical: false, best);
        }

        return Stream(rows, rows.AnyInkRepeats() ? Shorter(rows, best.Template, typical: true, best) : best);
    }

    /// <summary>Codes rows.</summary>
    /// <param name="rows">The picture.</param>
    /// <param name="template">The neighbours that make a context.</param>
    /// <param name="typical">Whether rows that repeat the one above them are marked instead of coded.</param>
    public static byte[] Encode(BitRows rows, ContextTemplate template, bool typical)
        => Stream(rows, GenericRegion.Encode(rows, template, typical)!);

    /// <summary>Whether bytes begin as ours do: what follows can then be nothing but the pixels of one generic region of that size.</summary>
    /// <param name="start">The first <see cref="LongestHead"/> bytes, or all.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="length">Of all bytes.</param>
    public static bool IsOneRegion(ReadOnlySpan<byte> start, int width, int height, long length)
    {
        foreach (var template in ContextTemplate.All)
        {
            foreach (var typical in (ReadOnlySpan<bool>)[false, true])
            {
                var coded = length - HeadLength(template);
                if (coded is > 0 and <= int.MaxValue / 2 && start.StartsWith(Head(width, height, (int)coded, template, typical)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static CodedRegion Shorter(BitRows rows, ContextTemplate template, bool typical, CodedRegion best)
        => GenericRegion.Encode(rows, template, typical, best) is { } other && Length(other) < Length(best) ? other : best;

    private static int Length(CodedRegion region) => HeadLength(region.Template) + region.Bytes.Length;

    private static byte[] Stream(BitRows rows, CodedRegion region)
        => [.. Head(rows.Width, rows.Height, region.Bytes.Length, region.Template, region.Typical), .. region.Bytes];

    private static int HeadLength(ContextTemplate template)
        => SegmentHeader + PageInformation + SegmentHeader + RegionInformation + 1 + template.AdaptivePixels.Count;

    private static byte[] Head(int width, int height, int coded, ContextTemplate template, bool typical)
    {
        var head = new byte[HeadLength(template)];
        var page = Begin(head, 0, OfPage, PageInformation);
        WriteSize(page, width, height);
        page[16] = EventuallyLossless;

        const int AtRegion = SegmentHeader + PageInformation;
        var region = Begin(head.AsSpan(AtRegion), 1, OfLosslessRegion, head.Length - AtRegion - SegmentHeader + coded);
        WriteSize(region, width, height);
        var coding = region[RegionInformation..];
        coding[0] = (byte)((template.Number << 1) | (typical ? Typical : 0));
        for (var i = 0; i < template.AdaptivePixels.Count; i++)
        {
            coding[1 + i] = (byte)template.AdaptivePixels[i];
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
