using System.Numerics;
using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>The usual width of the strokes of print.</summary>
internal static class StrokeWidth
{
    // Rows are alike, and thousands of strokes are enough.
    private const int RowStep = 4;

    // What is as wide is no stroke: a photograph, a bar.
    private const int Widest = 100;
    private const int WordBits = 32;

    /// <summary>Median length of the runs of ink across the page, in its pixels: stems are cut once a row, level strokes seldom. 0 without ink.</summary>
    /// <param name="ink">1 bit a pixel.</param>
    public static double Of(Pix ink)
    {
        var counts = new int[Widest + 1];
        var words = ink.Words();
        var wordsOfRow = words.Length / ink.Height;
        for (var y = 0; y < ink.Height; y += RowStep)
        {
            Count(words.Slice(y * wordsOfRow, wordsOfRow), counts);
        }

        counts[0] = 0;
        counts[Widest] = 0;
        return Quantiles.Median(counts);
    }

    private static void Count(ReadOnlySpan<uint> row, int[] counts)
    {
        var run = 0;
        foreach (var word in row)
        {
            run = Count(word, run, counts);
        }

        counts[Math.Min(run, Widest)]++;
    }

    /// <summary>Counts the runs that end within a word; the leftmost pixel is the highest bit.</summary>
    /// <returns>The run that reaches its end.</returns>
    private static int Count(uint word, int run, int[] counts)
    {
        for (var left = WordBits; left > 0;)
        {
            var white = Math.Min(left, BitOperations.LeadingZeroCount(word));
            if (white > 0)
            {
                counts[Math.Min(run, Widest)]++;
                run = 0;
            }

            word = (uint)((ulong)word << white);
            left -= white;
            var dark = Math.Min(left, BitOperations.LeadingZeroCount(~word));
            run += dark;
            word = (uint)((ulong)word << dark);
            left -= dark;
        }

        return run;
    }
}
