using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>Puts the layers of a page together again, as a PDF reader does.</summary>
internal static class Composition
{
    /// <summary>The page's pixels: the paper stretched over all of it, each pixel of it a block, then ink after ink.</summary>
    /// <param name="page">The layers.</param>
    /// <param name="width">Pixels of the page.</param>
    /// <param name="height">Pixels of the page.</param>
    /// <returns>32 bits a pixel.</returns>
    public static Pix Of(CompactPage page, int width, int height)
    {
        var samples = Paper(page.Background, width, height);
        foreach (var ink in page.Inks)
        {
            Paint(samples, ink, width, height);
        }

        return Pix.FromRgb(samples, width, height);
    }

    private static byte[] Paper(CompactBackground background, int width, int height)
    {
        var samples = new byte[3 * width * height];
        var paper = background.Picture();
        for (var y = 0; y < height; y++)
        {
            var row = (int)((long)y * paper.Height / height) * paper.Width;
            for (var x = 0; x < width; x++)
            {
                paper.Samples.AsSpan(3 * (row + (int)((long)x * paper.Width / width)), 3).CopyTo(samples.AsSpan(3 * ((y * width) + x), 3));
            }
        }

        return samples;
    }

    // Of a pixel as much is covered as of the stencil's bits within it.
    private static void Paint(byte[] samples, InkLayer ink, int width, int height)
    {
        var scale = ink.Mask.Width / width;
        var (stride, parts) = ((ink.Mask.Width + 7) / 8, scale * scale);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (Covered(ink.Rows, stride, x, y, scale) is var covered and > 0)
                {
                    var pixel = samples.AsSpan(3 * ((y * width) + x), 3);
                    (pixel[0], pixel[1], pixel[2]) = (Mixed(pixel[0], ink.Colour.R), Mixed(pixel[1], ink.Colour.G), Mixed(pixel[2], ink.Colour.B));
                    byte Mixed(byte paper, byte colour) => (byte)(((covered * colour) + ((parts - covered) * paper) + (parts / 2)) / parts);
                }
            }
        }
    }

    private static int Covered(byte[] rows, int stride, int x, int y, int scale)
    {
        var covered = 0;
        for (var row = scale * y; row < scale * (y + 1); row++)
        {
            for (var column = scale * x; column < scale * (x + 1); column++)
            {
                covered += (rows[(row * stride) + (column / 8)] >> (7 - (column % 8))) & 1;
            }
        }

        return covered;
    }
}
