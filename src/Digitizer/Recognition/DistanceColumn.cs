namespace Digitizer.Recognition;

/// <summary>
/// Edit distances of every beginning of a pattern to what was passed of a text, 64 to a word: one
/// column of the usual table, as differences between neighbours (Myers 1999, in blocks as by Hyyrö 2003).
/// </summary>
internal sealed class DistanceColumn
{
    private const int Bits = 64;

    private readonly Dictionary<int, ulong[]> places = [];
    private readonly ulong[] rises;
    private readonly ulong[] falls;
    private readonly ulong lastRow;

    /// <param name="pattern">At least one symbol.</param>
    public DistanceColumn(ReadOnlySpan<int> pattern)
    {
        var blocks = (pattern.Length + Bits - 1) / Bits;
        rises = new ulong[blocks];
        falls = new ulong[blocks];
        Array.Fill(rises, ulong.MaxValue);
        lastRow = 1UL << ((pattern.Length - 1) % Bits);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!places.TryGetValue(pattern[i], out var set))
            {
                places[pattern[i]] = set = new ulong[blocks];
            }

            set[i / Bits] |= 1UL << (i % Bits);
        }
    }

    /// <summary>Least number of insertions, deletions and substitutions that turn one row of symbols into the other.</summary>
    public static int Distance(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.Length == 0)
        {
            return b.Length;
        }

        var column = new DistanceColumn(a);
        var distance = a.Length;
        foreach (var symbol in b)
        {
            distance += column.Advance(symbol, 1);
        }

        return distance;
    }

    /// <summary>Goes on by one symbol of the text.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="top">By how much the distance of the empty pattern grows: 1, or 0 where a match may start anywhere.</param>
    /// <returns>By how much the distance of the whole pattern changes.</returns>
    public int Advance(int symbol, int top)
    {
        var set = places.GetValueOrDefault(symbol);
        var carry = top;
        for (var block = 0; block < rises.Length; block++)
        {
            carry = Advance(block, set is null ? 0 : set[block], carry);
        }

        return carry;
    }

    private int Advance(int block, ulong equal, int carry)
    {
        var (rise, fall) = (rises[block], falls[block]);
        var (carryUp, carryDown) = (carry > 0 ? 1UL : 0, carry < 0 ? 1UL : 0);
        var vertical = equal | fall;
        equal |= carryDown;
        var horizontal = (((equal & rise) + rise) ^ rise) | equal;
        var up = fall | ~(horizontal | rise);
        var down = rise & horizontal;
        var row = block == rises.Length - 1 ? lastRow : 1UL << (Bits - 1);
        var result = (up & row) != 0 ? 1 : (down & row) != 0 ? -1 : 0;
        up = (up << 1) | carryUp;
        down = (down << 1) | carryDown;
        rises[block] = down | ~(vertical | up);
        falls[block] = up & vertical;
        return result;
    }
}
