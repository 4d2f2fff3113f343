using System.Globalization;
using System.Text;

namespace Digitizer.Pages;

/// <summary>A small grey picture in memory, 8 bits a pixel, rows without padding, 255 = white.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Width × Height bytes.</param>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels)
{
    // Luminance as PDF viewers compute it (ISO 32000-1, 10.3.2).
    private const double Red = 0.3;
    private const double Green = 0.59;
    private const double Blue = 0.11;

    /// <summary>Grey levels of a colour picture.</summary>
    /// <param name="rgb">Three bytes a pixel.</param>
    public static byte[] Luminance(ReadOnlySpan<byte> rgb)
    {
        var gray = new byte[rgb.Length / 3];
        for (var i = 0; i < gray.Length; i++)
        {
            gray[i] = (byte)((Red * rgb[3 * i]) + (Green * rgb[(3 * i) + 1]) + (Blue * rgb[(3 * i) + 2]) + 0.5);
        }

        return gray;
    }

    /// <summary>The picture as a binary PGM file, which any viewer opens.</summary>
    public byte[] ToPgm() => [.. PgmHeader(Width, Height), .. Pixels];

    /// <summary>The first bytes of every PGM file that we write or take: <c>P5</c>, width, height and the white level.</summary>
    public static byte[] PgmHeader(int width, int height)
        => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n"));
}
