using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>A word as poppler sees it, in points from the top left of the page.</summary>
internal sealed record PdfWord(int Page, string Text, double Left, double Top, double Right, double Bottom)
{
    /// <summary>Area in common, as part of the area that both cover together.</summary>
    public double Overlap(double left, double top, double right, double bottom)
    {
        var width = Math.Min(Right, right) - Math.Max(Left, left);
        var height = Math.Min(Bottom, bottom) - Math.Max(Top, top);
        var common = Math.Max(0, width) * Math.Max(0, height);
        return common / (((Right - Left) * (Bottom - Top)) + ((right - left) * (bottom - top)) - common);
    }
}

/// <summary>A rendered page, 8 bits a colour.</summary>
internal sealed record PdfRendering(int Width, int Height, byte[] Rgb)
{
    public (byte R, byte G, byte B) At(int x, int y)
    {
        var i = 3 * ((y * Width) + x);
        return (Rgb[i], Rgb[i + 1], Rgb[i + 2]);
    }

    /// <summary>Reads a binary PPM (<c>P6</c>) as pdftoppm writes it: three header lines, then the pixels.</summary>
    public static PdfRendering Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var end = -1;
        for (var line = 0; line < 3; line++)
        {
            end = Array.IndexOf(bytes, (byte)'\n', end + 1);
        }

        var header = Encoding.ASCII.GetString(bytes, 0, end).Split((char[])[' ', '\n']);
        return new PdfRendering(
            int.Parse(header[1], CultureInfo.InvariantCulture),
            int.Parse(header[2], CultureInfo.InvariantCulture),
            bytes[(end + 1)..]);
    }
}
