using System.Globalization;
using System.Text;
using Digitizer.Native;

namespace Digitizer.Tests.Support;

/// <summary>A bitonal picture.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rows">Each padded to whole bytes by zeros, leftmost pixel in the most significant bit, black = 1.</param>
internal sealed record BitPicture(int Width, int Height, byte[] Rows)
{
    public static BitPicture Draw(int width, int height, Func<int, int, bool> isBlack)
    {
        var stride = (width + 7) / 8;
        var rows = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rows[(y * stride) + (x / 8)] |= (byte)(isBlack(x, y) ? 0x80 >> (x % 8) : 0);
            }
        }

        return new BitPicture(width, height, rows);
    }

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="ink">Share of black pixels, each where chance wants it.</param>
    /// <param name="random">Chance.</param>
    public static BitPicture Noise(int width, int height, double ink, Random random) => Draw(width, height, (_, _) => random.NextDouble() < ink);

    public static BitPicture Of(Pix bitonal)
    {
        var (width, height) = (bitonal.Width, bitonal.Height);
        var pixels = bitonal.Words().ToArray();
        var wpl = pixels.Length / height;
        return Draw(width, height, (x, y) => (pixels[(y * wpl) + (x / 32)] << (x % 32)) >> 31 != 0);
    }

    /// <summary>Reads a binary PBM (<c>P4</c>) without comments.</summary>
    public static BitPicture OfPbm(byte[] file)
    {
        var firstEnd = Array.IndexOf(file, (byte)'\n');
        var end = Array.IndexOf(file, (byte)'\n', firstEnd + 1);
        var size = Encoding.ASCII.GetString(file, firstEnd + 1, end - firstEnd - 1).Split(' ');
        var (width, height) = (int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture));
        var rows = file[(end + 1)..];
        var stride = (width + 7) / 8;
        for (var last = stride - 1; last < rows.Length; last += stride)
        {
            // What programs write beyond the last pixel differs.
            rows[last] &= (byte)(0xFF << ((8 * stride) - width));
        }

        return new BitPicture(width, height, rows);
    }

    public Pix ToPix() => Pix.FromBits(Rows, Width, Height);

    /// <summary>Fails unless the other picture is this one, pixel by pixel.</summary>
    public void AssertSame(BitPicture other, string what)
        => Assert.True((Width, Height) == (other.Width, other.Height) && Rows.AsSpan().SequenceEqual(other.Rows), what);
}
