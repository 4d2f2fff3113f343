using System.IO.Compression;
using System.Security.Cryptography;
using Digitizer.Native;

namespace Digitizer.Pages;

/// <summary>Codes a decoded picture for the PDF, without loss.</summary>
internal static class ImageCodes
{
    /// <summary>The picture of a JPEG that goes in as it is.</summary>
    public static PageImage Jpeg(ReadOnlySpan<byte> file, JpegHeader header, bool isSourceFile) => new()
    {
        Width = header.Width,
        Height = header.Height,
        Encoding = ImageEncoding.Jpeg,
        Color = header.Components == 1 ? ImageColor.Gray : ImageColor.Rgb,
        IsSourceFile = isSourceFile,
        Bytes = file.Length,
        Sha256 = Digest(file),
    };

    /// <summary>Bitonal as one G4 strip, grey and colour as predicted and deflated samples.</summary>
    public static (PageImage Image, byte[] Bytes) Lossless(Pix pix)
    {
        var bitonal = pix.Depth == 1;
        var (bytes, blackIs1) = bitonal ? G4(pix) : (Deflate(pix), false);
        return (new PageImage
        {
            Width = pix.Width,
            Height = pix.Height,
            Encoding = bitonal ? ImageEncoding.CcittG4 : ImageEncoding.Flate,
            Color = bitonal ? ImageColor.Bitonal : pix.Depth == 8 ? ImageColor.Gray : ImageColor.Rgb,
            BlackIs1 = blackIs1,
            IsSourceFile = false,
            Bytes = bytes.Length,
            Sha256 = Digest(bytes),
        }, bytes);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static (byte[] Strip, bool BlackIs1) G4(Pix pix)
    {
        var tiff = pix.ToTiffG4();
        var page = TiffFile.Read(tiff, PageLimits.Default)[0];
        if (page.PieceOffsets.Count != 1)
        {
            throw new InvalidOperationException("The G4 coder wrote more than one strip.");
        }

        return (tiff.AsSpan((int)page.PieceOffsets[0], (int)page.PieceLengths[0]).ToArray(), page.Photometric == 1);
    }

    /// <summary>PNG filter "up" on every row (PNG specification, 9.2), then zlib: scans have quiet columns.</summary>
    private static byte[] Deflate(Pix pix)
    {
        var (width, height, samples) = (pix.Width, pix.Height, pix.Depth == 8 ? 1 : 3);
        var pixels = pix.ToBytes();
        var stride = width * samples;
        var row = new byte[stride + 1];
        row[0] = 2;
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest))
        {
            for (var y = 0; y < height; y++)
            {
                var current = pixels.AsSpan(y * stride, stride);
                for (var i = 0; i < stride; i++)
                {
                    row[i + 1] = (byte)(current[i] - (y == 0 ? 0 : pixels[((y - 1) * stride) + i]));
                }

                zlib.Write(row);
            }
        }

        return output.ToArray();
    }
}
