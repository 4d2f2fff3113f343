using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Digitizer.Intake.Completeness;

namespace Digitizer.Trials;

/// <summary>Files of pages that carry their own identity, as text and as mark.</summary>
internal static class IdentityPages
{
    private const int Width = 600;
    private const int Height = 848;
    private const int Dpi = 72;
    private const int Square = 3;
    private const int DotsPerMetre = 2835;

    /// <summary>One page.</summary>
    public static GreyPage Draw(PrintedIdentity identity)
    {
        var page = new GreyPage(Width, Height);
        BlockLetters.Write(page, PrintedIdentity.CodeOf(identity.Dossier), 60, 80, Square);
        BlockLetters.Write(page, $"DON VI {identity.Unit}", 60, 140, Square);
        BlockLetters.Write(page, $"TRANG {identity.Page}/{identity.Pages}", 60, 200, Square);
        IdentityMark.Draw(page, identity);
        return page;
    }

    /// <summary>All pages of an arrival, in order.</summary>
    public static IEnumerable<PrintedIdentity> Of(uint unit, int pages, uint dossier)
        => Enumerable.Range(1, pages).Select(page => new PrintedIdentity(unit, (ushort)page, (ushort)pages, dossier));

    /// <summary>A one-bit PNG (W3C 2003, 11).</summary>
    public static byte[] Png(PrintedIdentity identity)
    {
        var page = Draw(identity);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, page.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), page.Height);
        header[8] = 1;
        var density = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(density, DotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(density.AsSpan(4), DotsPerMetre);
        density[8] = 1;
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", header);
        Chunk(file, "pHYs", density);
        Chunk(file, "IDAT", Filtered(page.ToBits(), (page.Width + 7) / 8));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A TIFF of one-bit pages, not compressed (TIFF 6.0, part 1).</summary>
    public static byte[] Tiff(IEnumerable<PrintedIdentity> identities)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(0u);
        var link = 4L;
        foreach (var page in identities.Select(Draw))
        {
            var strip = file.Position;
            var bits = page.ToBits();
            writer.Write(bits);
            writer.Write(new byte[bits.Length % 2]);
            var resolution = (uint)file.Position;
            writer.Write((uint)Dpi);
            writer.Write(1u);
            var directory = file.Position;
            (ushort Tag, ushort Type, uint Value)[] entries =
            [
                (256, 4, (uint)page.Width), (257, 4, (uint)page.Height), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, (uint)strip),
                (277, 3, 1), (278, 4, (uint)page.Height), (279, 4, (uint)bits.Length), (282, 5, resolution), (283, 5, resolution), (296, 3, 2),
            ];
            writer.Write((ushort)entries.Length);
            foreach (var (tag, type, value) in entries)
            {
                writer.Write(tag);
                writer.Write(type);
                writer.Write(1u);
                writer.Write(value);
            }

            var next = file.Position;
            writer.Write(0u);
            var end = file.Position;
            file.Position = link;
            writer.Write((uint)directory);
            (file.Position, link) = (end, next);
        }

        return file.ToArray();
    }

    // Each row starts with the byte of its filter: none.
    private static byte[] Filtered(byte[] bits, int stride)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var at = 0; at < bits.Length; at += stride)
            {
                zlib.WriteByte(0);
                zlib.Write(bits, at, stride);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string kind, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(kind), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(typed));
        file.Write(number);
    }
}
