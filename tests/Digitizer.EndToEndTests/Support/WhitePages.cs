using System.IO.Compression;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Small blank pages, quick to read.</summary>
internal static class WhitePages
{
    private const int Width = 300;
    private const int Height = 420;

    /// <summary>A white page as PNG.</summary>
    /// <param name="seed">Pages of different seeds have different bytes.</param>
    public static byte[] Png(int seed = 0) => Pictures.Png(Width, Height, data: () => Rows(seed));

    // Each row starts with the byte of its filter: none (ISO/IEC 15948, 9.2).
    private static byte[] Rows(int seed)
    {
        var row = new byte[Width + 1];
        row.AsSpan(1).Fill(255);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < Height; y++)
            {
                row[1 + seed] = (byte)(y == 0 ? 254 : 255);
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }
}
