namespace Digitizer.Pages;

/// <summary>How much two grey pictures of the same size and place differ.</summary>
/// <remarks>
/// Over a part of the page the difference is Σ(a−b)² / (Σ(a−m)² + Σ(b−m)² + n·noise²), m being the
/// mean of both pictures there and n the number of pixels. It is 0 for equal pictures, 1 for two that have nothing in
/// common or of which one is empty, 2 for a negative; for parts of equal brightness and contrast it
/// is one less their correlation. Being relative to the contrast it sees faint pages as well as
/// bold ones, down to the noise. Both pictures are blurred first: two programs that make a scan
/// smaller never hit the same pixel edges.
/// </remarks>
internal static class PictureDifference
{
    /// <summary>Side of a cell in pixels. A block is 2 × 2 cells, 13 mm at 60 dpi; blocks overlap by half.</summary>
    private const int Cell = 16;

    // Grey levels by which two renderings of one scan differ everywhere, and of paper grain.
    private const double Noise = 4;

    // Passes of the 3 × 3 blur.
    private const int Blurs = 3;

    /// <summary>The difference of the block that differs most.</summary>
    /// <param name="expected">What should be there.</param>
    /// <param name="shown">What is there.</param>
    public static double Worst(GrayPicture expected, GrayPicture shown)
    {
        var sums = Sums(Blur(expected), Blur(shown));
        var (columns, rows) = (sums.GetLength(0), sums.GetLength(1));
        var worst = 0.0;
        for (var x = 0; x < Math.Max(1, columns - 1); x++)
        {
            for (var y = 0; y < Math.Max(1, rows - 1); y++)
            {
                var block = new Sum();
                for (var i = x; i < Math.Min(x + 2, columns); i++)
                {
                    for (var j = y; j < Math.Min(y + 2, rows); j++)
                    {
                        block = block.Plus(sums[i, j]);
                    }
                }

                worst = Math.Max(worst, block.Difference());
            }
        }

        return worst;
    }

    private static Sum[,] Sums(float[] expected, float[] shown, int width, int height)
    {
        var sums = new Sum[(width + Cell - 1) / Cell, (height + Cell - 1) / Cell];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                ref var sum = ref sums[x / Cell, y / Cell];
                sum = sum.Plus(expected[(y * width) + x], shown[(y * width) + x]);
            }
        }

        return sums;
    }

    private static Sum[,] Sums((float[] Pixels, int Width, int Height) expected, (float[] Pixels, int Width, int Height) shown)
        => Sums(expected.Pixels, shown.Pixels, expected.Width, expected.Height);

    private static (float[] Pixels, int Width, int Height) Blur(GrayPicture picture)
    {
        var pixels = Array.ConvertAll(picture.Pixels, p => (float)p);
        var other = new float[pixels.Length];
        for (var i = 0; i < Blurs; i++)
        {
            BlurAlong(pixels, other, picture.Width, picture.Height, 1, picture.Width);
            BlurAlong(other, pixels, picture.Height, picture.Width, picture.Width, 1);
        }

        return (pixels, picture.Width, picture.Height);
    }

    // 1 2 1; at the edge the edge's own pixel stands in for the one beyond.
    private static void BlurAlong(float[] from, float[] to, int length, int lines, int step, int lineStep)
    {
        for (var line = 0; line < lines; line++)
        {
            var start = line * lineStep;
            for (var i = 0; i < length; i++)
            {
                var at = start + (i * step);
                var before = i > 0 ? from[at - step] : from[at];
                var after = i + 1 < length ? from[at + step] : from[at];
                to[at] = (before + (2 * from[at]) + after) / 4;
            }
        }
    }

    private readonly record struct Sum(int Count, double A, double B, double Squares, double Difference2)
    {
        public Sum Plus(double a, double b) => new(Count + 1, A + a, B + b, Squares + (a * a) + (b * b), Difference2 + ((a - b) * (a - b)));

        public Sum Plus(Sum other)
            => new(Count + other.Count, A + other.A, B + other.B, Squares + other.Squares, Difference2 + other.Difference2);

        public double Difference()
        {
            var mean = (A + B) / (2 * Count);
            return Difference2 / (Squares - (2 * Count * mean * mean) + (Count * Noise * Noise));
        }
    }
}
