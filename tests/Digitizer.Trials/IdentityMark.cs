namespace Digitizer.Trials;

/// <summary>
/// A printed identity as a field of black and white squares: 16 across, 8 down, a bit each, first bit at the top left. The
/// field is four fifths as wide as the page and hangs at half its height, so it can be found in any rendering of the page.
/// </summary>
internal static class IdentityMark
{
    private const int Across = 16;
    private const int Down = 8;
    private const double Left = 0.1;
    private const double Top = 0.5;
    private const double Cell = 0.05;

    /// <summary>Blackens the mark's squares.</summary>
    public static void Draw(GreyPage page, PrintedIdentity identity)
    {
        var bytes = identity.ToBytes();
        for (var i = 0; i < Across * Down; i++)
        {
            if ((bytes[i / 8] & (0x80 >> (i % 8))) != 0)
            {
                var (x, y, side) = Square(i, page.Width, page.Height);
                page.Blacken((int)Math.Round(x), (int)Math.Round(y), (int)Math.Round(x + side), (int)Math.Round(y + side));
            }
        }
    }

    /// <summary>Reads a mark out of a rendering, row by row, 8 bits a pixel.</summary>
    /// <returns>Null if there is none that is whole.</returns>
    public static PrintedIdentity? Read(ReadOnlySpan<byte> pixels, int width, int height)
    {
        Span<byte> bytes = stackalloc byte[PrintedIdentity.Length];
        bytes.Clear();
        for (var i = 0; i < Across * Down; i++)
        {
            if (IsBlack(pixels, width, height, i))
            {
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
            }
        }

        return PrintedIdentity.FromBytes(bytes);
    }

    // The middle of the square decides: its rim may be blurred, or a little beside.
    private static bool IsBlack(ReadOnlySpan<byte> pixels, int width, int height, int square)
    {
        var (x, y, side) = Square(square, width, height);
        var (sum, count) = (0, 0);
        for (var py = (int)(y + (0.3 * side)); py <= (int)(y + (0.7 * side)) && py < height; py++)
        {
            for (var px = (int)(x + (0.3 * side)); px <= (int)(x + (0.7 * side)) && px < width; px++)
            {
                sum += pixels[(py * width) + px];
                count++;
            }
        }

        return count > 0 && sum / count < 128;
    }

    private static (double X, double Y, double Side) Square(int number, int width, int height)
    {
        var side = Cell * width;
        return ((Left * width) + (number % Across * side), (Top * height) + (number / Across * side), side);
    }
}
