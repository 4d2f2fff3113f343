namespace Digitizer.Pages.Jbig2;

/// <summary>The generic region coding of JBIG2 (ITU-T T.88, 6.2).</summary>
/// <param name="rows">The picture.</param>
/// <param name="template">The neighbours that make a context.</param>
internal sealed class GenericRegion(BitRows rows, ContextTemplate template)
{
    private readonly MqEncoder coder = new(template.Contexts);
    private readonly AdaptiveWords adaptive = new(rows, template);
    private readonly int[] ends = new int[rows.Height];
    private readonly int aboveBit = template.AboveBit;
    private readonly int twoAboveBit = template.TwoAboveBit;

    // A pixel further, a context moves left by a bit: none may run over from one row into the next, and three come in.
    private readonly int stays = (template.Contexts - 1) & ~((1 << template.TwoAboveBit) | (1 << template.AboveBit) | 1);

    /// <summary>Codes a picture.</summary>
    /// <param name="rows">The picture.</param>
    /// <param name="template">The neighbours that make a context.</param>
    /// <param name="typical">True: rows that repeat the one above them are only marked as such (TPGDON).</param>
    /// <param name="best">The shortest yet, if any.</param>
    /// <returns>Null if it was given up, being behind the shortest.</returns>
    public static CodedRegion? Encode(BitRows rows, ContextTemplate template, bool typical, CodedRegion? best = null)
    {
        var region = new GenericRegion(rows, template);
        return region.EncodeRows(typical, best) ? new CodedRegion(template, typical, region.coder.Finish().ToArray(), region.ends) : null;
    }

    private bool EncodeRows(bool typical, CodedRegion? best)
    {
        var before = false;
        for (var y = 0; y < rows.Height; y++)
        {
            var repeats = typical && rows.Repeats(y);
            if (typical)
            {
                coder.Encode(template.TypicalContext, repeats != before ? 1 : 0);
                before = repeats;
            }

            if (!repeats && rows.IsFarFromInk(y))
            {
                coder.EncodeRun(0, 0, rows.Width);
            }
            else if (!repeats)
            {
                EncodeRow(y);
            }

            ends[y] = coder.Length;
            if (best?.Leaves(y, coder.Length) ?? false)
            {
                return false;
            }
        }

        return true;
    }

    private void EncodeRow(int y)
    {
        var row = rows[y];
        var above = rows[y - 1];
        var twoAbove = rows[y - 2];

        // How far ahead of a pixel lies what comes in for the next one.
        var (aboveAhead, twoAboveAhead) = (template.AboveRight + 1, template.TwoAboveRight + 1);
        var context = (int)((twoAbove[0] >> (32 - twoAboveAhead) << twoAboveBit) | (above[0] >> (32 - aboveAhead) << aboveBit));
        var white = 0;
        for (var (at, left) = (0, rows.Width); left > 0; at++, left -= 32)
        {
            var pixels = Math.Min(left, 32);
            if (!adaptive.Move(y, at) && context == 0 && (row[at] | above[at] | twoAbove[at] | above[at + 1] | twoAbove[at + 1]) == 0)
            {
                white += pixels;
                continue;
            }

            coder.EncodeRun(0, 0, white);
            white = 0;
            context = EncodeWord(context, row[at], Ahead(above, at, aboveAhead), Ahead(twoAbove, at, twoAboveAhead), pixels);
        }

        coder.EncodeRun(0, 0, white);
    }

    /// <summary>The 32 pixels that begin a few columns further on than a word does.</summary>
    private static uint Ahead(ReadOnlySpan<uint> row, int at, int columns) => (row[at] << columns) | (row[at + 1] >> (32 - columns));

    private int EncodeWord(int context, uint row, uint above, uint twoAbove, int pixels)
    {
        var moved = adaptive.Mask;
        for (var i = 0; i < pixels; i++)
        {
            var bit = (int)(row >> 31);
            coder.Encode(moved == 0 ? context : (context & ~moved) | adaptive.Next(), bit);
            context = ((context << 1) & stays) | bit | ((int)(above >> 31) << aboveBit) | ((int)(twoAbove >> 31) << twoAboveBit);
            row <<= 1;
            above <<= 1;
            twoAbove <<= 1;
        }

        return context;
    }
}
