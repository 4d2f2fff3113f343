namespace Digitizer.Pages.Jbig2;

/// <summary>The adaptive pixels of 32 pixels in a row, where they do not lie at their nominal places.</summary>
internal sealed class AdaptiveWords
{
    private readonly BitRows rows;
    private readonly sbyte[] places;

    // Up to four, each a word of pixels and the bit of the context that they become; fields, as this is done for every pixel.
    private readonly int bit1;
    private readonly int bit2;
    private readonly int bit3;
    private readonly int bit4;
    private uint word1;
    private uint word2;
    private uint word3;
    private uint word4;

    /// <param name="rows">The picture.</param>
    /// <param name="template">Whose pixels they are.</param>
    public AdaptiveWords(BitRows rows, ContextTemplate template)
    {
        this.rows = rows;
        places = template.IsNominal ? [] : [.. template.AdaptivePixels];
        Mask = template.IsNominal ? 0 : template.AdaptiveBits.Sum(bit => 1 << bit);
        bit1 = template.AdaptiveBits[0];
        (bit2, bit3, bit4) = template.AdaptiveBits is [_, var second, var third, var fourth] ? (second, third, fourth) : (0, 0, 0);
    }

    /// <summary>The bits of a context that are these pixels'; 0 if they are where the runs have them.</summary>
    public int Mask { get; }

    /// <summary>Looks at the pixels for a word of a row.</summary>
    /// <returns>Whether any is black.</returns>
    public bool Move(int y, int at)
    {
        if (places.Length == 0)
        {
            return false;
        }

        word1 = Shifted(y, at, 0);
        if (places.Length > 2)
        {
            (word2, word3, word4) = (Shifted(y, at, 2), Shifted(y, at, 4), Shifted(y, at, 6));
        }

        return (word1 | word2 | word3 | word4) != 0;
    }

    /// <summary>Their bits of the next pixel's context.</summary>
    public int Next()
    {
        var context = (int)((word1 >> 31 << bit1) | (word2 >> 31 << bit2) | (word3 >> 31 << bit3) | (word4 >> 31 << bit4));
        word1 <<= 1;
        word2 <<= 1;
        word3 <<= 1;
        word4 <<= 1;
        return context;
    }

    private uint Shifted(int y, int at, int place)
    {
        var row = rows[y + places[place + 1]];
        return (int)places[place] switch
        {
            0 => row[at],
            > 0 and var across => (row[at] << across) | (row[at + 1] >> (32 - across)),
            var across => (row[at] >> -across) | (at == 0 ? 0 : row[at - 1] << (32 + across)),
        };
    }
}
