using System.IO.Compression;

namespace Digitizer.Assembly;

/// <summary>FlateDecode's counterpart (RFC 1950) for what the writer makes itself.</summary>
internal static class Deflate
{
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return compressed.ToArray();
    }
}
