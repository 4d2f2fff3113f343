namespace Digitizer.Cleanup;

/// <summary>How much the paper's grey level differs from pixel to pixel: the noise of the scanner or camera, and the paper's own grain.</summary>
internal static class PaperGrain
{
    // A page has far more pixels than the estimate needs.
    private const int RowStep = 32;

    // Of independent noise of deviation 1: the second difference has √6, its absolute value the median 0.6745 of that.
    private const double MedianOfUnit = 1.6521;

    /// <summary>Standard deviation in grey levels; most of a page is paper, so that its median is the paper's.</summary>
    /// <param name="gray">Grey levels, row by row.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static double Of(ReadOnlySpan<byte> gray, int width, int height)
    {
        var counts = new int[(4 * byte.MaxValue / 2) + 1];
        for (var y = RowStep / 2; y < height; y += RowStep)
        {
            var row = gray.Slice(y * width, width);
            for (var x = 1; x < width - 1; x++)
            {
                counts[Math.Abs(row[x - 1] - (2 * row[x]) + row[x + 1])]++;
            }
        }

        return Quantiles.Median(counts) / MedianOfUnit;
    }
}
