namespace Digitizer.Recognition;

/// <summary>Cuts blocks into bands, from top to bottom, at every height that no block crosses by more than its marks.</summary>
internal static class Bands
{
    public static List<List<Block>> Of(List<Block> blocks, double xHeight)
    {
        var bands = new List<List<Block>>();
        var bottom = double.NegativeInfinity;
        foreach (var block in blocks.OrderBy(b => b.Box.Y + Trim(b, xHeight)))
        {
            var trim = Trim(block, xHeight);
            if (bands.Count == 0 || block.Box.Y + trim >= bottom)
            {
                bands.Add([]);
            }

            bands[^1].Add(block);
            bottom = Math.Max(bottom, block.Box.Bottom - trim);
        }

        return bands;
    }

    // Tone marks and descenders of close lines overlap; letter bodies do not.
    private static double Trim(Block block, double xHeight)
        => block.Word is null ? 0 : Math.Min(block.Box.Height * 0.3, xHeight * 0.45);
}
