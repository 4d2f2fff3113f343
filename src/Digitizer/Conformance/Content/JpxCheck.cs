using System.Buffers.Binary;

namespace Digitizer.Conformance.Content;

/// <summary>Boxes of a JPEG 2000 picture (ISO/IEC 15444-1, annex I; ISO 19005-2, 6.2.8.3).</summary>
internal static class JpxCheck
{
    private const int CieJab = 19;
    private const int MostBoxes = 1000;

    /// <returns>Something, always: what it found is among the findings.</returns>
    public static object Check(Checking checking, ReadOnlySpan<byte> data, string where)
    {
        var header = Find(data, "jp2h"u8);
        if (header.IsEmpty)
        {
            checking.Findings.Add("6.2.8.3", "a JPEG 2000 picture has no header that could be looked at", where);
            return checking;
        }

        var size = Find(header, "ihdr"u8);
        checking.Findings.Require(Find(header, "bpcc"u8).IsEmpty, "6.2.8.3", "the channels of a JPEG 2000 picture have different bit depths", where);
        checking.Findings.Require(size.Length >= 11 && (size[10] & 0x7F) < 38, "6.2.8.3", "a JPEG 2000 picture has a bit depth above 38, or different ones", where);
        if (size.Length >= 11)
        {
            Channels(checking, header, BinaryPrimitives.ReadUInt16BigEndian(size[8..]), where);
        }

        Colours(checking, header, where);
        return checking;
    }

    /// <summary>Colour channels are those that a channel definition does not call opacity.</summary>
    private static void Channels(Checking checking, ReadOnlySpan<byte> header, int channels, string where)
    {
        var definitions = Find(header, "cdef"u8);
        for (var at = 2; at + 6 <= definitions.Length; at += 6)
        {
            channels -= BinaryPrimitives.ReadUInt16BigEndian(definitions[(at + 2)..]) is 1 or 2 ? 1 : 0;
        }

        checking.Findings.Require(channels is 1 or 3 or 4, "6.2.8.3", "a JPEG 2000 picture has a number of colour channels other than 1, 3 and 4", where);
    }

    private static void Colours(Checking checking, ReadOnlySpan<byte> header, string where)
    {
        var (count, best, isKnown, isJab) = (0, 0, true, false);
        for (var rest = header; Box(rest, out var kind, out var body, out var next); rest = next)
        {
            if (kind.SequenceEqual("colr"u8) && body.Length >= 3 && count < MostBoxes)
            {
                var isBest = body[2] == 1;
                (count, best) = (count + 1, best + (isBest ? 1 : 0));
                isKnown &= body[0] is 1 or 2 or 3;
                isJab |= body[0] == 1 && body.Length >= 7 && BinaryPrimitives.ReadUInt32BigEndian(body[3..]) == CieJab;
            }
        }

        checking.Findings.Require(count == 1 || best == 1, "6.2.8.3", "a JPEG 2000 picture does not say which of its colour spaces holds", where);
        checking.Findings.Require(isKnown && !isJab, "6.2.8.3", "a JPEG 2000 picture has a colour space that is not allowed", where);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> data, ReadOnlySpan<byte> wanted)
    {
        var boxes = 0;
        for (var rest = data; boxes++ < MostBoxes && Box(rest, out var kind, out var body, out var next); rest = next)
        {
            if (kind.SequenceEqual(wanted))
            {
                return body;
            }
        }

        return [];
    }

    private static bool Box(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> kind, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> next)
    {
        kind = body = next = [];
        if (data.Length < 8)
        {
            return false;
        }

        var (length, head) = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(data), 8);
        if (length == 1 && data.Length >= 16)
        {
            (length, head) = (BinaryPrimitives.ReadUInt64BigEndian(data[8..]), 16);
        }

        var whole = length == 0 ? data.Length : (int)Math.Min(length, (ulong)data.Length);
        if (whole < head)
        {
            return false;
        }

        kind = data[4..8];
        body = data[head..whole];
        next = data[whole..];
        return true;
    }
}
