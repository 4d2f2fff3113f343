using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Unpacked samples → pixels.</summary>
internal static class PdfSamples
{
    /// <param name="samples">At least all rows, each padded to whole bytes.</param>
    /// <param name="picture">What they mean.</param>
    /// <param name="stride">Bytes of a row.</param>
    public static Pix ToPix(byte[] samples, PdfPicture picture, int stride)
    {
        var (width, height, colours) = (picture.Width, picture.Height, picture.Colours);
        if (colours.Components == 3)
        {
            return Pix.FromRgb(colours.Inverted ? Invert(samples) : samples, width, height);
        }

        if (picture.Bits == 1 && colours.IsBlackAndWhite)
        {
            return Pix.FromBits(colours.OneIsBlack ? samples : Invert(samples), width, height);
        }

        var table = Enumerable.Range(0, 1 << picture.Bits).Select(value => colours.Colour(value, picture.Bits)).ToArray();
        var isGray = Array.TrueForAll(table, c => c.R == c.G && c.G == c.B);
        var pixels = new byte[checked(width * height * (isGray ? 1 : 3))];
        for (int y = 0, at = 0; y < height; y++)
        {
            var row = samples.AsSpan(y * stride, stride);
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = table[Sample(row, x, picture.Bits)];
                pixels[at++] = r;
                if (!isGray)
                {
                    pixels[at++] = g;
                    pixels[at++] = b;
                }
            }
        }

        return isGray ? Pix.FromGray(pixels, width, height) : Pix.FromRgb(pixels, width, height);
    }

    private static int Sample(ReadOnlySpan<byte> row, int x, int bits)
    {
        var bit = x * bits;
        return (row[bit >> 3] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }

    private static byte[] Invert(byte[] samples) => Array.ConvertAll(samples, b => (byte)~b);
}
