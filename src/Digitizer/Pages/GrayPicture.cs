using System.Globalization;
using System.Text;

namespace Digitizer.Pages;

/// <summary>A small grey picture in memory, 8 bits a pixel, rows without padding, 255 = white.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Width × Height bytes.</param>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels)
{
    /// <summary>The picture as a binary PGM file, which any viewer opens.</summary>
    public byte[] ToPgm() => [.. PgmHeader(Width, Height), .. Pixels];

    /// <summary>The first bytes of every PGM file that we write or take: <c>P5</c>, width, height and the white level.</summary>
    public static byte[] PgmHeader(int width, int height)
        => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n"));
}
