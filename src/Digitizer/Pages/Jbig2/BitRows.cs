using Digitizer.Native;

namespace Digitizer.Pages.Jbig2;

/// <summary>
/// The rows of a bitonal picture as 32-bit words, leftmost pixel in the most significant bit, black = 1. What lies
/// beyond the last pixel is 0, and a word of zeros follows: the neighbours that the coding sees outside the picture.
/// </summary>
internal sealed class BitRows
{
    private readonly uint[] words;
    private readonly int stride;
    private readonly int[] lastInk;

    public BitRows(Pix bitonal)
    {
        (Width, Height) = (bitonal.Width, bitonal.Height);
        var used = (Width + 31) / 32;
        stride = used + 1;
        words = new uint[checked(stride * (Height + ContextTemplate.FarthestUp))];
        lastInk = new int[Height];
        var source = bitonal.Words();
        var wpl = source.Length / Height;
        var last = uint.MaxValue << ((32 * used) - Width);
        for (var y = 0; y < Height; y++)
        {
            var row = words.AsSpan((y + ContextTemplate.FarthestUp) * stride, used);
            source.Slice(y * wpl, used).CopyTo(row);
            row[used - 1] &= last;
            lastInk[y] = row.ContainsAnyExcept(0u) ? y : y == 0 ? -1 : lastInk[y - 1];
        }
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>A row; those above the first are white, as far as contexts look up.</summary>
    public ReadOnlySpan<uint> this[int y] => words.AsSpan((y + ContextTemplate.FarthestUp) * stride, stride);

    /// <summary>Whether a row and all that contexts of its pixels look at are white.</summary>
    public bool IsFarFromInk(int y) => lastInk[y] < 0 || y - lastInk[y] > ContextTemplate.FarthestUp;

    /// <summary>Whether the row is the one above it once more.</summary>
    public bool Repeats(int y) => this[y].SequenceEqual(this[y - 1]);

    /// <summary>Whether any row that is not white is the one above it once more.</summary>
    public bool AnyInkRepeats()
    {
        for (var y = 1; y < Height; y++)
        {
            if (Repeats(y) && this[y].ContainsAnyExcept(0u))
            {
                return true;
            }
        }

        return false;
    }
}
