namespace Digitizer.Cleanup;

/// <summary>How dark the ink of a flattened page is: dark print, pale print, and what shines through beside dark print.</summary>
/// <remarks>
/// Counted are the cores of strokes: pixels that no neighbour is darker than, and that stand out from the paper a stroke's width away.
/// Print and what is paler than any print (the other side of the sheet, a pattern of lines) make two hills with a valley between.
/// </remarks>
/// <param name="Limit">Below this level a pixel is ink, 1–255.</param>
/// <param name="Pale">Level of marks that are paler than the print and no part of it; null if there are none.</param>
internal sealed record InkLevels(int Limit, int? Pale)
{
    /// <summary>Where ink is not grey.</summary>
    public static readonly InkLevels Bitonal = new(128, null) { Print = 0 };

    /// <summary>The usual level of the print's strokes, 0–255; 255 if hardly anything is printed.</summary>
    public int Print { get; init; } = 255;

    private const int Bins = 32;
    private const int BinWidth = 256 / Bins;
    private const int Prominence = 24;
    private const int StrokesAcross = 200;
    private const int FewestCores = 150;

    // Limits when there is one hill only: half-way from the palest quarter of it to the paper.
    private const double DarkShare = 0.75;
    private const int LeastLimit = 160;
    private const int MostLimit = 225;

    // Where the valley may lie, and what the hills must be to be two.
    private const int ValleyFrom = 120;
    private const int ValleyTo = 190;
    private const int PaleFrom = 155;
    private const int PaleTo = 228;
    private const double DeepestShare = 0.25;
    private const double ShallowestShare = 0.7;
    private const double LeastPaleShare = 0.2;

    /// <summary>Looks at a flattened page.</summary>
    /// <param name="flat">Grey levels with the paper at 255, row by row.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static InkLevels Of(ReadOnlySpan<byte> flat, int width, int height)
    {
        var cores = Cores(flat, width, height);
        var valley = Valley.Of(cores);
        var levels = valley.IsDeep ? new InkLevels(valley.Level, Quantile(cores, 0.25, valley.Level / BinWidth))
            : valley.IsThere ? new InkLevels(Math.Max(valley.Level, LeastLimit), null)
            : new InkLevels(Math.Clamp((Quantile(cores, DarkShare, 0) + 255) / 2, LeastLimit, MostLimit), null);
        return levels with { Print = PrintOf(valley.IsThere ? cores[..(valley.Level / BinWidth)] : cores) };
    }

    private static int PrintOf(int[] cores) => cores.Sum() < FewestCores ? 255 : Quantile(cores, 0.5, 0);

    internal static int[] Cores(ReadOnlySpan<byte> flat, int width, int height)
    {
        var cores = new int[Bins];
        var reach = Math.Max(4, Math.Min(width, height) / StrokesAcross);
        for (var y = reach; y < height - reach; y += 2)
        {
            var row = flat.Slice(y * width, width);
            var above = flat.Slice((y - 1) * width, width);
            var below = flat.Slice((y + 1) * width, width);
            var farAbove = flat.Slice((y - reach) * width, width);
            var farBelow = flat.Slice((y + reach) * width, width);
            for (var x = reach; x < width - reach; x++)
            {
                int level = row[x];
                if (level < 255 - Prominence && level <= row[x - 1] && level <= row[x + 1] && level <= above[x] && level <= below[x]
                    && Math.Max(Math.Max(row[x - reach], row[x + reach]), Math.Max(farAbove[x], farBelow[x])) - level >= Prominence)
                {
                    cores[level / BinWidth]++;
                }
            }
        }

        return cores;
    }

    /// <summary>The level that this share of the cores from a bin on is darker than; that of dark print if there are hardly any.</summary>
    private static int Quantile(int[] cores, double share, int from)
    {
        var rest = share * cores.Skip(from).Sum();
        if (rest < share * FewestCores)
        {
            return 0;
        }

        for (var i = from; i < cores.Length; i++)
        {
            rest -= cores[i];
            if (rest <= 0)
            {
                return (i * BinWidth) + (BinWidth / 2);
            }
        }

        return 255;
    }

    /// <summary>The lowest place between dark print and something paler.</summary>
    private sealed record Valley(int Level, bool IsThere, bool IsDeep)
    {
        public static Valley Of(int[] cores)
        {
            var smooth = Enumerable.Range(0, Bins).Select(i => (cores[Math.Max(0, i - 1)] + (2 * cores[i]) + cores[Math.Min(Bins - 1, i + 1)]) / 4.0).ToArray();
            var at = Enumerable.Range(ValleyFrom / BinWidth, (ValleyTo - ValleyFrom) / BinWidth).MinBy(i => smooth[i]);
            var darkPeak = smooth.Take(at).Max();
            var (palePeak, paleAt) = smooth.Take(PaleTo / BinWidth).Select((count, i) => (count, i)).Skip(at + 1).Max();
            var dark = cores.Take(at).Sum();
            var isTwo = dark >= FewestCores && cores.Take(PaleTo / BinWidth).Skip(at + 1).Sum() >= LeastPaleShare * dark && paleAt * BinWidth >= PaleFrom;
            var depth = smooth[at] / Math.Max(1, Math.Min(darkPeak, palePeak));
            return new Valley((at * BinWidth) + (BinWidth / 2), isTwo && depth <= ShallowestShare, isTwo && depth <= DeepestShare);
        }
    }
}
