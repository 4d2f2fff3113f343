using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// The dark marks of a page at reduced size, for looking only: recognition reads grey. The
/// background is levelled first, so that shadows and tinted paper do not count as ink.
/// </summary>
internal sealed class PageInk : IDisposable
{
    private const int ShortSide = 1240;
    private const int Threshold = 140;
    private const int LongestLetter = 50;
    private const int SmallestLetter = 5;
    private Pix? textOnly;
    private IReadOnlyList<PixBox>? letters;

    private PageInk(Pix binary, double scale)
    {
        Binary = binary;
        Scale = scale;
    }

    /// <summary>1 bit a pixel, set = ink; about 150 dpi for an A4 page.</summary>
    public Pix Binary { get; }

    /// <summary>Pixels of <see cref="Binary"/> a pixel of the page.</summary>
    public double Scale { get; }

    /// <summary><see cref="Binary"/> without whatever is connected to long straight strokes: rules, frames, edges.</summary>
    public Pix TextOnly => textOnly ??= WithoutRules(Binary);

    /// <summary>Boxes of marks of the size of letters, in pixels of <see cref="Binary"/>.</summary>
    public IReadOnlyList<PixBox> Letters => letters ??= [.. TextOnly.Components().Where(IsLetter)];

    /// <summary>Most frequent height of letters in page pixels, which is that of letters without ascender or mark; 0 if there are too few.</summary>
    public double XHeight
    {
        get
        {
            var counts = new int[LongestLetter + 2];
            foreach (var box in Letters)
            {
                counts[box.Height]++;
            }

            var best = 0;
            for (var h = SmallestLetter; h <= LongestLetter; h++)
            {
                best = Around(counts, h) > Around(counts, best) ? h : best;
            }

            return Letters.Count < 20 || best == 0 ? 0 : Centre(counts, best) / Scale;
        }
    }

    /// <summary>Finds the ink of an 8-bit page.</summary>
    public static PageInk Of(Pix gray)
    {
        var scale = Math.Min(1, (double)ShortSide / Math.Min(gray.Width, gray.Height));
        using var small = scale < 1 ? gray.Scale(scale, scale) : gray.Clone();
        using var level = small.CleanBackground(100, 200);
        return new PageInk(level.Threshold(Threshold), scale);
    }

    public void Dispose()
    {
        Binary.Dispose();
        textOnly?.Dispose();
    }

    private static int Around(int[] counts, int h) => h == 0 ? 0 : counts[h - 1] + (2 * counts[h]) + counts[h + 1];

    private static double Centre(int[] counts, int h)
        => ((counts[h - 1] * (h - 1.0)) + (counts[h] * (double)h) + (counts[h + 1] * (h + 1.0)))
            / Math.Max(1, counts[h - 1] + counts[h] + counts[h + 1]);

    private static bool IsLetter(PixBox box)
        => box.Height is >= SmallestLetter and <= LongestLetter && box.Width is >= 2 and <= LongestLetter;

    private static Pix WithoutRules(Pix binary)
    {
        using var across = binary.Open(LongestLetter * 2, 1);
        using var down = binary.Open(1, LongestLetter * 2);
        using var once = Without(binary, across);
        return Without(once, down);
    }

    private static Pix Without(Pix binary, Pix seed)
    {
        using var connected = binary.Fill(seed);
        return binary.Subtract(connected);
    }
}
