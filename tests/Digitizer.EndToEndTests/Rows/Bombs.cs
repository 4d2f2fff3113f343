using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>A small file that asks for much, and what it must be refused with.</summary>
/// <param name="Name">File name.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Kinds">The reasons that are right; empty if the file must be read.</param>
internal sealed record Bomb(string Name, byte[] Content, params string[] Kinds);

/// <summary>Image bombs, each written from a specification (row D1).</summary>
internal static class Bombs
{
    private const string TooLarge = "ImageTooLarge";
    private const string Damaged = "ImageDamaged";
    private const string Truncated = "FileTruncated";
    private const string OutOfMemory = "PageOutOfMemory";

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("png-20000-squared.png", Pictures.Png(20_000, 20_000, data: () => Pictures.Zlib(20_000L * 20_001, 255)), TooLarge),
        new("png-50000-squared-bitonal.png", Pictures.Png(50_000, 50_000, bits: 1), TooLarge),
        new("png-one-row-of-two-billion.png", Pictures.Png(int.MaxValue, 1, data: () => Pictures.Zlib(10, 0)), TooLarge),
        new("png-negative-size.png", Pictures.Png(-1, -1, data: () => Pictures.Zlib(10, 0)), TooLarge),
        new("png-no-size.png", Pictures.Png(0, 0, data: () => Pictures.Zlib(10, 0)), Damaged),
        new("png-text-of-a-gigabyte.png", Pictures.Png(40, 40, extraChunks: Pictures.PngChunk("zTXt", [(byte)'a', 0, 0, .. Pictures.Zlib(1L << 30, 65)])), Damaged),
        new("png-profile-of-a-gigabyte.png", Pictures.Png(40, 40, extraChunks: Pictures.PngChunk("iCCP", [(byte)'a', 0, 0, .. Pictures.Zlib(1L << 30, 0)])), Damaged),
        new("png-more-data-than-rows.png", Pictures.Png(40, 40, data: () => Pictures.Zlib(1L << 30, 0))),
        new("png-less-data-than-rows.png", Pictures.Png(4000, 4000, data: () => Pictures.Zlib(100, 0)), Damaged),
        new("tiff-60000-squared.tif", Pictures.Tiff([0], Pictures.Page(60_000, 60_000, 1, 1)), TooLarge),
        new("tiff-deflate-150-mpx-of-little.tif", TiffDeflate(12_000, 12_000, 40L << 20), Damaged, OutOfMemory),
        new("tiff-deflate-strip-of-two-gigabytes.tif", TiffDeflate(40, 40, 2L << 30)),
        new("tiff-strip-beyond-the-end.tif", Pictures.Tiff([0], Pictures.Page(40, 40, 1, 4_000_000_000)), Truncated),
        new("tiff-four-billion-strips.tif", Pictures.Tiff([0], [(256, 1, 40), (257, 1, 40), (273, uint.MaxValue, 8), (279, uint.MaxValue, 8)]), Truncated),
        new("tiff-chain-in-a-circle.tif", Circle(), Damaged),
        new("tiff-ten-thousand-pages.tif", Pictures.Tiff([0], [.. Enumerable.Repeat(Pictures.Page(1, 1, 1, 1), 10_000)]), "TooManyPages"),
        new("tiff-sixty-five-thousand-samples.tif", Pictures.Tiff(new byte[100], Pictures.Page(10, 10, 1, 100, samples: 65_535)), Damaged),
        new("tiff-64-bits-a-sample.tif", Pictures.Tiff(new byte[800], Pictures.Page(10, 10, 1, 800, bits: 64)), Damaged),
        new("tiff-no-size.tif", Pictures.Tiff([0], Pictures.Page(0, 0, 1, 1)), Damaged),
        new("tiff-unknown-compression.tif", Pictures.Tiff(new byte[100], Pictures.Page(10, 10, 60_000, 100)), Damaged),
        new("jpeg-65500-squared.jpg", Pictures.Jpeg(65_500, 65_500, 1), TooLarge),
        new("jpeg-ten-thousand-scans.jpg", Pictures.Jpeg(4000, 4000, 10_000), Damaged),
        new("jpeg-without-tables.jpg", Pictures.Jpeg(4000, 4000, 1), Damaged),
        new("jpeg-sixty-megabytes-of-comments.jpg", Pictures.Jpeg(16, 16, 1, Comments(1000)), Damaged),
        new("bmp-two-billion-squared.bmp", Pictures.Bmp(int.MaxValue, int.MaxValue), TooLarge),
        new("bmp-negative-width.bmp", Pictures.Bmp(-40, 40), Damaged),
        new("bmp-announced-only.bmp", Pictures.Bmp(4000, 4000), Truncated),
        new("bmp-compressed.bmp", Pictures.Bmp(4, 4, compression: 1), "FormatNotSupported"),
        new("webp-sixteen-million-squared.webp", Pictures.WebP(1 << 24, 1 << 24), TooLarge),
        new("webp-moving.webp", Pictures.WebP(40, 40, flags: 2), "FormatNotSupported"),
        new("webp-empty.webp", Pictures.WebP(40, 40), Damaged),
    ];

    private static byte[] TiffDeflate(uint width, uint height, long unpacked)
    {
        var strip = Pictures.Zlib(unpacked, 0);
        return Pictures.Tiff(strip, Pictures.Page(width, height, 8, (uint)strip.Length));
    }

    private static byte[] Circle()
    {
        var file = Pictures.Tiff([0], Pictures.Page(4, 4, 1, 1));

        // The link to the next directory is the last word; the first directory starts at 9.
        file[^4] = 9;
        return file;
    }

    private static byte[] Comments(int count)
    {
        var comment = new byte[65_535 + 2];
        (comment[0], comment[1], comment[2], comment[3]) = (0xFF, 0xFE, 0xFF, 0xFF);
        return [.. Enumerable.Repeat(comment, count).SelectMany(c => c)];
    }
}
