using System.Buffers.Binary;

namespace Digitizer.Pages;

/// <summary>
/// Makes one JPEG file of a JPEG-compressed TIFF page without decoding it. Each strip is an
/// abbreviated JPEG that shares its tables (TIFF Technical Note 2). A restart marker resets a
/// decoder exactly as the start of a strip does (ITU-T T.81, F.2.1.3.1), so the strips' coded data,
/// joined by restart markers, are one scan with a restart interval of one strip.
/// </summary>
internal static class TiffJpeg
{
    private const int PhotometricYCbCr = 6;
    private const int PhotometricGray = 1;

    /// <summary>The JPEG file, or null if the page is not of the simple kind that can be joined.</summary>
    public static byte[]? Join(ReadOnlySpan<byte> data, TiffDirectory page)
    {
        var plain = (page.Photometric == PhotometricYCbCr && page.SamplesPerPixel == 3)
            || (page.Photometric == PhotometricGray && page.SamplesPerPixel == 1);
        if (page.Compression != TiffDirectory.CompressionJpeg || page.IsTiled || !plain || page.PieceLengths.Count == 0)
        {
            return null;
        }

        var strips = new List<Strip>();
        for (var i = 0; i < page.PieceOffsets.Count; i++)
        {
            if (Strip.Find(data, page.PieceOffsets[i], page.PieceLengths[i]) is not { } strip)
            {
                return null;
            }

            strips.Add(strip);
        }

        return Fits(data, page, strips) ? Write(data, page, strips) : null;
    }

    private static bool Fits(ReadOnlySpan<byte> data, TiffDirectory page, List<Strip> strips)
    {
        var first = strips[0];
        var mcuHeight = first.McuHeight(data);
        if (mcuHeight is 0 or > 32 || first.McuWidth(data) is 0 or > 32)
        {
            return false;
        }

        foreach (var strip in strips)
        {
            // Tables inside a strip would hold for that strip only.
            if (!strip.SameFrame(data, first) || (strip.HasTables && strips.Count > 1))
            {
                return false;
            }
        }

        return strips.Count == 1
            || (page.RowsPerStrip % mcuHeight == 0 && first.RestartInterval(page.Width, (int)page.RowsPerStrip, data) <= ushort.MaxValue);
    }

    private static byte[] Write(ReadOnlySpan<byte> data, TiffDirectory page, List<Strip> strips)
    {
        var first = strips[0];
        var output = new MemoryStream();
        output.Write([0xFF, 0xD8]);
        if (page.JpegTables.Length > 4)
        {
            // Without its own SOI and EOI.
            output.Write(data.Slice((int)page.JpegTables.At + 2, (int)page.JpegTables.Length - 4));
        }

        output.Write(data[first.TablesAt..first.FrameAt]);
        Span<byte> frame = data[first.FrameAt..first.ScanAt].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], (ushort)page.Height);
        output.Write(frame);
        if (strips.Count > 1)
        {
            Span<byte> interval = [0xFF, 0xDD, 0, 4, 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(interval[4..], (ushort)first.RestartInterval(page.Width, (int)page.RowsPerStrip, data));
            output.Write(interval);
        }

        output.Write(data[first.ScanAt..first.CodedAt]);
        for (var i = 0; i < strips.Count; i++)
        {
            output.Write(data[strips[i].CodedAt..strips[i].CodedEnd]);
            output.Write(i < strips.Count - 1 ? [0xFF, (byte)(0xD0 + (i & 7))] : [0xFF, 0xD9]);
        }

        return output.ToArray();
    }

    /// <summary>Positions of one strip's parts: SOI, tables, frame header, scan header, coded data.</summary>
    private sealed record Strip(int TablesAt, int FrameAt, int ScanAt, int CodedAt, int CodedEnd, bool HasTables)
    {
        public static Strip? Find(ReadOnlySpan<byte> data, long offset, long length)
        {
            var (at, end) = ((int)offset, (int)(offset + length));
            if (length < 4 || data[at] != 0xFF || data[at + 1] != 0xD8)
            {
                return null;
            }

            var (tables, frame, hasTables) = (at + 2, -1, false);
            for (at = tables; at + 4 <= end && data[at] == 0xFF; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]))
            {
                switch (data[at + 1])
                {
                    case 0xC0 or 0xC1:
                        frame = at;
                        break;
                    case 0xC4 or 0xDB:
                        hasTables = true;
                        break;
                    case 0xDA when frame > 0:
                        return Coded(data, at, end) is var (coded, codedEnd) && codedEnd > 0
                            ? new Strip(tables, frame, at, coded, codedEnd, hasTables)
                            : null;
                    default:
                        return null;
                }
            }

            return null;
        }

        public bool SameFrame(ReadOnlySpan<byte> data, Strip other)
        {
            // All of the frame header but its height, and all of the scan header.
            var mine = data[FrameAt..ScanAt];
            var theirs = data[other.FrameAt..other.ScanAt];
            return mine.Length == theirs.Length
                && mine[..5].SequenceEqual(theirs[..5]) && mine[7..].SequenceEqual(theirs[7..])
                && data[ScanAt..CodedAt].SequenceEqual(data[other.ScanAt..other.CodedAt]);
        }

        public int McuWidth(ReadOnlySpan<byte> data) => data[FrameAt + 9] == 1 ? 8 : 8 * (data[FrameAt + 11] >> 4);

        public int McuHeight(ReadOnlySpan<byte> data) => data[FrameAt + 9] == 1 ? 8 : 8 * (data[FrameAt + 11] & 15);

        public int RestartInterval(int width, int rows, ReadOnlySpan<byte> data)
        {
            var mcuWidth = McuWidth(data);
            return (width + mcuWidth - 1) / mcuWidth * (rows / McuHeight(data));
        }

        private static (int Start, int End) Coded(ReadOnlySpan<byte> data, int scan, int end)
        {
            var start = scan + 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(scan + 2)..]);
            for (var at = start; at + 1 < end; at++)
            {
                if (data[at] == 0xFF && data[at + 1] != 0)
                {
                    // Only the end of the strip may follow: restart markers or further scans cannot be joined.
                    return data[at + 1] == 0xD9 ? (start, at) : (start, -1);
                }
            }

            return (start, -1);
        }
    }
}
