namespace Digitizer.Pages.Jbig2;

/// <summary>The generic region coding of JBIG2 (ITU-T T.88, 6.2): template 0, adaptive pixels at their nominal places.</summary>
/// <remarks>
/// A pixel's context, from the most significant of 16 bits on: five pixels two rows above (x − 2 to x + 2), seven of the row above
/// (x − 3 to x + 3), four to its left. One pixel further, all of it moves left by a bit and three pixels come in.
/// </remarks>
internal static class GenericRegion
{
    private const int Contexts = 1 << 16;

    // Where pixels of the two rows above come in, and what must not run over from one row into the next.
    private const int Above = 4;
    private const int TwoAbove = 11;
    private const int Stays = 0xFFFF & ~((1 << TwoAbove) | (1 << Above) | 1);

    // Figure 8: says that a row is, or is not, like the one above it.
    private const int TypicalContext = 0x9B25;

    /// <summary>Codes a picture.</summary>
    /// <param name="rows">The picture.</param>
    /// <param name="typical">True: rows that repeat the one above them are only marked as such (TPGDON).</param>
    /// <returns>The arithmetic coder's data.</returns>
    public static ReadOnlySpan<byte> Encode(BitRows rows, bool typical)
    {
        var coder = new MqEncoder(Contexts);
        var before = false;
        for (var y = 0; y < rows.Height; y++)
        {
            var repeats = typical && rows.Repeats(y);
            if (typical)
            {
                coder.Encode(TypicalContext, repeats != before ? 1 : 0);
                before = repeats;
            }

            if (!repeats)
            {
                Encode(coder, rows[y], rows[y - 1], rows[y - 2], rows.Width);
            }
        }

        return coder.Finish();
    }

    private static void Encode(MqEncoder coder, ReadOnlySpan<uint> row, ReadOnlySpan<uint> above, ReadOnlySpan<uint> twoAbove, int width)
    {
        // What the first pixel sees: columns 0 to 2 two rows above, 0 to 3 in the row above.
        var context = (int)((twoAbove[0] >> 29 << TwoAbove) | (above[0] >> 28 << Above));
        var white = 0;
        for (var (at, left) = (0, width); left > 0; at++, left -= 32)
        {
            var pixels = Math.Min(left, 32);
            if (context == 0 && (row[at] | above[at] | twoAbove[at] | above[at + 1] | twoAbove[at + 1]) == 0)
            {
                white += pixels;
                continue;
            }

            coder.EncodeRun(0, 0, white);
            white = 0;
            context = Encode(coder, context, row[at], Ahead(above, at, 4), Ahead(twoAbove, at, 3), pixels);
        }

        coder.EncodeRun(0, 0, white);
    }

    /// <summary>The 32 pixels that begin a few columns further on than a word does.</summary>
    private static uint Ahead(ReadOnlySpan<uint> row, int at, int columns) => (row[at] << columns) | (row[at + 1] >> (32 - columns));

    private static int Encode(MqEncoder coder, int context, uint row, uint above, uint twoAbove, int pixels)
    {
        for (var i = 0; i < pixels; i++)
        {
            var bit = (int)(row >> 31);
            coder.Encode(context, bit);
            context = ((context << 1) & Stays) | bit | ((int)(above >> 31) << Above) | ((int)(twoAbove >> 31) << TwoAbove);
            row <<= 1;
            above <<= 1;
            twoAbove <<= 1;
        }

        return context;
    }
}
