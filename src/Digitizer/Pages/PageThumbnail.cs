using System.Security.Cryptography;
using Digitizer.Native;

namespace Digitizer.Pages;

/// <summary>
/// The small grey copy of a page's picture as it was decoded, before any clean-up: what the proof of
/// the finished PDF compares with. A PGM file that travels beside this record.
/// </summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bytes">Length of the PGM file.</param>
/// <param name="Sha256">Of the PGM file, lower-case hex.</param>
internal sealed record PageThumbnail(int Width, int Height, long Bytes, string Sha256)
{
    /// <summary>Makes the thumbnail of a decoded picture.</summary>
    /// <param name="pixels">As decoded: 1, 8 or 32 bits a pixel.</param>
    /// <param name="toShown">Stored pixels → shown page; pixels that are not square are stretched by it.</param>
    /// <param name="dpi">True pixels an inch of the shown page.</param>
    /// <returns>The record, and its PGM file.</returns>
    public static (PageThumbnail Thumbnail, byte[] Pgm) Make(Pix pixels, Affine toShown, double dpi)
    {
        var picture = Picture(pixels, toShown, dpi);
        var pgm = picture.ToPgm();
        return (new PageThumbnail(picture.Width, picture.Height, pgm.Length, Convert.ToHexStringLower(SHA256.HashData(pgm))), pgm);
    }

    /// <summary>As <see cref="Make"/>, without the file.</summary>
    public static GrayPicture Picture(Pix pixels, Affine toShown, double dpi)
    {
        var (width, height) = SizeFor(pixels.Width, pixels.Height, toShown, dpi);
        using var small = pixels.Shrink((double)width / pixels.Width, (double)height / pixels.Height);

        // A side of a single pixel may come out larger than asked.
        return new GrayPicture(small.Width, small.Height, small.Depth == 32 ? GrayPicture.Luminance(small.ToBytes()) : small.ToBytes());
    }

    /// <summary>Whether a thumbnail may belong to a picture.</summary>
    /// <param name="width">Of the picture as stored.</param>
    /// <param name="height">Of the picture as stored.</param>
    /// <param name="toShown">As in <see cref="Make"/>.</param>
    /// <param name="dpi">As in <see cref="Make"/>.</param>
    public bool Fits(int width, int height, Affine toShown, double dpi)
    {
        var (wantedWidth, wantedHeight) = SizeFor(width, height, toShown, dpi);
        return Math.Abs(Width - wantedWidth) <= 1 && Math.Abs(Height - wantedHeight) <= 1
            && Bytes == GrayPicture.PgmHeader(Width, Height).Length + ((long)Width * Height);
    }

    private static (int Width, int Height) SizeFor(int width, int height, Affine toShown, double dpi)
    {
        var (acrossPixel, downPixel) = (double.Hypot(toShown.A, toShown.B) / dpi, double.Hypot(toShown.C, toShown.D) / dpi);
        var scale = ProofScale.PixelsPerInch(width * acrossPixel, height * downPixel);
        return (Side(width, acrossPixel * scale), Side(height, downPixel * scale));
    }

    private static int Side(int pixels, double scale) => Math.Max(1, (int)Math.Round(pixels * Math.Min(1, scale)));
}
