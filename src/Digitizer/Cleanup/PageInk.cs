using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// The dark marks of a flattened page at reduced size, for looking only: recognition reads grey.
/// </summary>
internal sealed class PageInk : IDisposable
{
    private const int ShortSide = 1240;

    // Reducing makes thin strokes paler.
    private const int LeastThreshold = 198;
    private const double PaleShare = 0.4;
    private const int LongestLetter = 50;
    private const int SmallestLetter = 5;
    private const int FewestLetters = 20;
    private const double XHeightQuantile = 0.35;

    // Blur and threshold make marks a little larger than the letters are: measured on print of known size.
    private const double XHeightBias = 1.12;
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

    /// <summary>
    /// Height in page pixels of letters without ascender or mark; 0 if there are too few letters.
    /// Taken below the middle, as capitals and ascenders are higher, each letter counting by its
    /// height, as crumbs of broken letters and specks are many but small.
    /// </summary>
    public double XHeight
    {
        get
        {
            if (Letters.Count < FewestLetters)
            {
                return 0;
            }

            var rest = Letters.Sum(box => box.Height) * XHeightQuantile;
            var height = Letters.Select(box => box.Height).Order().First(h => (rest -= h) <= 0);
            return height / Scale / XHeightBias;
        }
    }

    /// <summary>Finds the ink of a flattened page.</summary>
    public static PageInk Of(Pix gray, InkLevels levels)
    {
        var scale = ScaleOf(gray);
        using var small = scale < 1 ? gray.Scale(scale, scale) : gray.Clone();
        var threshold = levels.Pale is { } pale ? levels.Limit + (int)(PaleShare * (pale - levels.Limit)) : Math.Max(LeastThreshold, levels.Limit);
        return new PageInk(small.Threshold(threshold), scale);
    }

    /// <summary>Pixels of the reduced page a pixel of a page of this size.</summary>
    public static double ScaleOf(Pix gray) => Math.Min(1, (double)ShortSide / Math.Min(gray.Width, gray.Height));

    /// <summary>Of the size of a letter.</summary>
    public static bool IsLetter(PixBox box)
        => box.Height is >= SmallestLetter and <= LongestLetter && box.Width is >= 2 and <= LongestLetter;

    public void Dispose()
    {
        Binary.Dispose();
        textOnly?.Dispose();
    }

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
