using System.IO.Compression;
using System.Security.Cryptography;
using Digitizer.Native;
using Digitizer.Pages.Compact;
using Digitizer.Pages.Jbig2;

namespace Digitizer.Pages;

/// <summary>Codes a decoded picture for the PDF: without loss, unless a method says otherwise.</summary>
internal static class ImageCodes
{
    // As good scanners write; at this quality nobody sees a difference at reading distance.
    private const int LossyQuality = 85;

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

    /// <summary>Bitonal as JBIG2 or one G4 strip, whichever is smaller; grey and colour as predicted and deflated samples.</summary>
    public static (PageImage Image, byte[] Bytes) Lossless(Pix pix)
    {
        var (encoding, bytes, blackIs1) = pix.Depth == 1 ? Smaller(Jbig2Stream.Encode(pix), G4(pix)) : (ImageEncoding.Flate, Deflate(pix), false);
        return (new PageImage
        {
            Width = pix.Width,
            Height = pix.Height,
            Encoding = encoding,
            Color = pix.Depth == 1 ? ImageColor.Bitonal : pix.Depth == 8 ? ImageColor.Gray : ImageColor.Rgb,
            BlackIs1 = blackIs1,
            IsSourceFile = false,
            Bytes = bytes.Length,
            Sha256 = Digest(bytes),
        }, bytes);
    }

    /// <summary>One ITU-T T.6 strip of a 1-bit image.</summary>
    public static (byte[] Strip, bool BlackIs1) G4(Pix pix)
    {
        var tiff = pix.ToTiffG4();
        var page = TiffFile.Read(tiff, PageLimits.Default)[0];
        if (page.PieceOffsets.Count != 1)
        {
            throw new InvalidOperationException("The G4 coder wrote more than one strip.");
        }

        return (tiff.AsSpan((int)page.PieceOffsets[0], (int)page.PieceLengths[0]).ToArray(), page.Photometric == 1);
    }

    private static (ImageEncoding Encoding, byte[] Bytes, bool BlackIs1) Smaller(byte[] jbig2, (byte[] Strip, bool BlackIs1) g4)
        => jbig2.Length < g4.Strip.Length ? (ImageEncoding.Jbig2, jbig2, false) : (ImageEncoding.CcittG4, g4.Strip, g4.BlackIs1);

    /// <summary>Layers of a page, their coded bytes one behind the other.</summary>
    public static (PageImage Image, byte[] Bytes) Layers(CompactPage page, int width, int height)
    {
        byte[] bytes = [.. page.Background.Jpeg ?? [], .. page.Inks.SelectMany(ink => ink.Coded)];
        var background = page.Background.Jpeg is { } jpeg ? Jpeg(jpeg, JpegHeader.Read(jpeg, PageLimits.Default), isSourceFile: false) : null;
        return (new PageImage
        {
            Width = width,
            Height = height,
            Encoding = ImageEncoding.Layers,
            Color = ImageColor.Rgb,
            Layers = new PageLayers(page.Background.Colour, background, [.. page.Inks.Select(ink => new PageInk(ink.Colour, ink.Mask))]),
            IsCompact = true,
            IsSourceFile = false,
            Bytes = bytes.Length,
            Sha256 = Digest(bytes),
        }, bytes);
    }

    /// <summary>A grey or colour picture as a JPEG file of the same size in pixels, with loss.</summary>
    public static (PageImage Image, byte[] Bytes) Lossy(Pix pix)
    {
        var bytes = pix.ToJpeg(LossyQuality);
        return (Jpeg(bytes, JpegHeader.Read(bytes, PageLimits.Default), isSourceFile: false) with { IsCompact = true }, bytes);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

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
