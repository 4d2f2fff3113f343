namespace Digitizer.Pages.Compact;

/// <summary>Parts the ink of a page by colour: one that is black or grey, and a few hues.</summary>
/// <param name="ink">The ink.</param>
/// <param name="dpi">The page's resolution.</param>
internal sealed class InkSorter(InkMap ink, double dpi)
{
    /// <summary>Marks pixels without ink.</summary>
    public const byte None = 255;

    private const int MostHues = 3;

    // A hue takes in the others up to so many steps away: a quarter of the circle.
    private const int Reach = InkHue.Bins / 8;

    // A hue counts if it has so much of the page's ink, and so much of the page: below lies noise, which becomes part of what it is nearest to.
    private const double LeastOfInk = 0.004;
    private const double LeastOfPage = 0.00005;

    private readonly int cell = Math.Max(2, (int)Math.Round(dpi / 75));

    /// <summary>Parts the ink.</summary>
    /// <returns>By pixel, the number of its ink or <see cref="None"/>; and how many inks there are.</returns>
    public (byte[] Inks, int Count) Sort()
    {
        var (columns, rows) = (((ink.Width - 1) / cell) + 1, ((ink.Height - 1) / cell) + 1);
        var taken = Sum(columns, rows, out var pixels);
        var hues = new int[columns * rows];
        var counts = new long[InkHue.Bins];
        for (var i = 0; i < hues.Length; i++)
        {
            hues[i] = pixels[i] == 0 ? InkHue.Neutral : HueOf(taken, columns, rows, i);
            if (hues[i] != InkHue.Neutral)
            {
                counts[hues[i]] += pixels[i];
            }
        }

        var all = pixels.Sum(n => (long)n);
        var inks = Chosen(counts, Math.Max((long)(LeastOfInk * all), (long)(LeastOfPage * ink.Width * ink.Height)));
        return (Numbered(hues, columns, inks), inks.Count + 1);
    }

    /// <summary>The most frequent hues, each with those near it.</summary>
    private static List<int> Chosen(long[] counts, long least)
    {
        var left = (long[])counts.Clone();
        var chosen = new List<int>();
        while (chosen.Count < MostHues)
        {
            var near = Enumerable.Range(0, InkHue.Bins).Select(hue => Enumerable.Range(0, InkHue.Bins).Where(h => InkHue.Distance(h, hue) <= Reach).Sum(h => left[h])).ToList();
            var most = near.Max();
            if (most < Math.Max(1, least))
            {
                break;
            }

            // Of all hues whose surroundings hold as much, the one that itself is most frequent.
            var hue = Enumerable.Range(0, InkHue.Bins).Where(h => near[h] == most).MaxBy(h => left[h]);
            chosen.Add(hue);
            for (var h = 0; h < InkHue.Bins; h++)
            {
                left[h] = InkHue.Distance(h, hue) <= Reach ? 0 : left[h];
            }
        }

        return chosen;
    }

    private long[] Sum(int columns, int rows, out int[] pixels)
    {
        var taken = new long[3 * columns * rows];
        pixels = new int[columns * rows];
        for (var y = 0; y < ink.Height; y++)
        {
            for (var x = 0; x < ink.Width; x++)
            {
                var at = (y * ink.Width) + x;
                if (!ink.IsInk[at])
                {
                    continue;
                }

                var i = (y / cell * columns) + (x / cell);
                pixels[i]++;
                for (var c = 0; c < 3; c++)
                {
                    taken[(3 * i) + c] += ink.Taken[(3 * at) + c];
                }
            }
        }

        return taken;
    }

    /// <summary>The hue of a cell; those about it count for a part, as JPEG smears colours.</summary>
    private static int HueOf(long[] taken, int columns, int rows, int i)
    {
        const int Own = 4;
        var (column, row) = (i % columns, i / columns);
        var (red, green, blue) = (0L, 0L, 0L);
        for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
        {
            for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
            {
                var (at, weight) = (3 * ((y * columns) + x), x == column && y == row ? Own : 1);
                (red, green, blue) = (red + (weight * taken[at]), green + (weight * taken[at + 1]), blue + (weight * taken[at + 2]));
            }
        }

        return InkHue.Of(red, green, blue);
    }

    private byte[] Numbered(int[] hues, int columns, List<int> inks)
    {
        // Hues of no ink of their own belong to the nearest, if it is near at all.
        var numbers = Enumerable.Range(0, InkHue.Bins).Select(hue => inks.Count == 0 ? 0
            : inks.Min(other => InkHue.Distance(hue, other)) > 2 * Reach ? 0 : 1 + inks.IndexOf(inks.MinBy(other => InkHue.Distance(hue, other)))).ToArray();
        var result = new byte[ink.IsInk.Length];
        for (var at = 0; at < result.Length; at++)
        {
            var hue = ink.IsInk[at] ? hues[(at / ink.Width / cell * columns) + (at % ink.Width / cell)] : 0;
            result[at] = !ink.IsInk[at] ? None : hue == InkHue.Neutral ? (byte)0 : (byte)numbers[hue];
        }

        return result;
    }
}
