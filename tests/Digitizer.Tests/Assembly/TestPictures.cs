using System.IO.Compression;
using System.Security.Cryptography;
using Digitizer.Pages;
using Digitizer.Pages.Jbig2;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

/// <summary>A picture of a page and its coded bytes.</summary>
internal sealed record TestPicture(PageImage Image, byte[] Bytes);

/// <summary>
/// One scene in every coding that a PDF page may hold: 96 × 64 pixels, white, a black square of 32
/// pixels in the top left corner and, where there are greys, a red (grey 76) one in the top right,
/// so that turning and mirroring show. The JPEGs were written by Pillow 9.4 (quality 90, no
/// subsampling), the G4 strips are libtiff's, taken out of TIFF files with photometric 0 and 1, JBIG2 is our own.
/// </summary>
internal static class TestPictures
{
    public const int Width = 96;
    public const int Height = 64;
    public const int Square = 32;

    private const string JpegRgb =
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFB
        QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCABAAGADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
        BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmq
        KjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC
        AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqK
        mqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD8qqACgAoAKAP6qKACgAoAKAPwhr8MP9UwoAKACgD41r9zP8rAoAKACgD+qigAoAKACgD8
        Ia/DD/VMKACgAoA+Na/cz/KwKACgAoA/qooAKACgAoA/CGvww/1TCgAoAKAPjWv3M/ysCgAoAKAP6qKACgAoAKAPwhr8MP8AVMKACgAoA/d6v3M/ysCgAoAKACgAoAKACgAoAKACgAoAKACgAoAKAC
        gAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoAKACgAoA/9k=
        """;

    private const string JpegGray =
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCABAAGABAREA/8QAHwAAAQUBAQ
        EBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APyqooor+qiiii
        vwhooor41ooor+qiiiivwhooor41ooor+qiiiivwhooor41ooor+qiiiivwhooor93qKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK/9k=
        """;

    public static TestPicture ColorJpeg { get; } = Create(ImageEncoding.Jpeg, ImageColor.Rgb, FromBase64(JpegRgb));

    public static TestPicture GrayJpeg { get; } = Create(ImageEncoding.Jpeg, ImageColor.Gray, FromBase64(JpegGray));

    /// <summary>Coded black runs are ink.</summary>
    public static TestPicture G4 { get; } = Create(ImageEncoding.CcittG4, ImageColor.Bitonal, FromBase64("JqDV///////////////4/////4AIAIA="));

    /// <summary>Coded black runs are paper: the strip of a TIFF whose zeros are black.</summary>
    public static TestPicture G4BlackIs1 { get; } = Create(ImageEncoding.CcittG4, ImageColor.Bitonal, FromBase64("I2B4b//////////5NQPBq//////////wAQAQ"), blackIs1: true);

    public static TestPicture ColorFlate { get; } = Create(ImageEncoding.Flate, ImageColor.Rgb, Predicted(3));

    public static TestPicture GrayFlate { get; } = Create(ImageEncoding.Flate, ImageColor.Gray, Predicted(1));

    public static TestPicture Jbig2 { get; } = Create(ImageEncoding.Jbig2, ImageColor.Bitonal, Jbig2Bytes());

    public static IReadOnlyList<TestPicture> All { get; } = [ColorJpeg, GrayJpeg, G4, G4BlackIs1, ColorFlate, GrayFlate, Jbig2];

    /// <summary>The same picture with other bytes.</summary>
    public static TestPicture With(this TestPicture picture, byte[] bytes)
        => new(picture.Image with { Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }, bytes);

    private static TestPicture Create(ImageEncoding encoding, ImageColor color, byte[] bytes, bool blackIs1 = false) => new(
        new PageImage
        {
            Width = Width,
            Height = Height,
            Encoding = encoding,
            Color = color,
            BlackIs1 = blackIs1,
            IsSourceFile = encoding == ImageEncoding.Jpeg,
            Bytes = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        },
        bytes);

    private static byte[] Jbig2Bytes()
    {
        using var pix = BitPicture.Draw(Width, Height, (x, y) => x < Square && y < Square).ToPix();
        return Jbig2Stream.Encode(pix);
    }

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text);

    // PNG rows (filter 1, Sub, on even rows and 2, Up, on odd ones), then zlib.
    private static byte[] Predicted(int colors)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var above = new byte[Width * colors];
            for (var y = 0; y < Height; y++)
            {
                var row = Row(y, colors);
                zlib.WriteByte((byte)(1 + (y % 2)));
                for (var i = 0; i < row.Length; i++)
                {
                    var reference = y % 2 == 1 ? above[i] : i >= colors ? row[i - colors] : 0;
                    zlib.WriteByte(unchecked((byte)(row[i] - reference)));
                }

                above = row;
            }
        }

        return packed.ToArray();
    }

    private static byte[] Row(int y, int colors) =>
    [
        .. Enumerable.Range(0, Width).SelectMany(x => (x / Square, y / Square, colors) switch
        {
            (0, 0, 3) => [0, 0, 0],
            (2, 0, 3) => [255, 0, 0],
            (_, _, 3) => [255, 255, 255],
            (0, 0, _) => [0],
            (2, 0, _) => [76],
            _ => new byte[] { 255 },
        }),
    ];
}
