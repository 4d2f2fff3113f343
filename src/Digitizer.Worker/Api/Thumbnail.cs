using System.Buffers.Binary;
using System.IO.Compression;
using Digitizer.Intake.Completeness;
using Digitizer.Pages;
using Digitizer.Proof;

namespace Digitizer.Worker.Api;

/// <summary>The small grey copy of a page as a picture that browsers show.</summary>
internal static class Thumbnail
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>A PNG (ISO/IEC 15948) of 8-bit grey.</summary>
    /// <param name="pgm">The copy in the vault, which we wrote; closed when this returns.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<Stream> PngAsync(Stream pgm, CancellationToken cancellation)
    {
        await using (pgm)
        {
            var picture = await new PgmReader(pgm).ReadAsync(int.MaxValue, int.MaxValue, cancellation) ?? throw new InvalidDataException("The small copy of a page is empty.");
            var png = new MemoryStream();
            png.Write(Signature);
            WriteChunk(png, "IHDR"u8, Header(picture));
            WriteChunk(png, "IDAT"u8, Packed(picture));
            WriteChunk(png, "IEND"u8, []);
            png.Position = 0;
            return png;
        }
    }

    private static byte[] Header(GrayPicture picture)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8;
        return header;
    }

    // Each row begins with the number of its filter: none.
    private static byte[] Packed(GrayPicture picture)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(picture.Pixels.AsSpan(y * picture.Width, picture.Width));
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(kind);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Of(kind), data));
        png.Write(number);
    }
}
