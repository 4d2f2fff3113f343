namespace Digitizer.Assembly.Copies;

/// <summary>Shares out the bytes that a copy may have.</summary>
internal static class CopyBudget
{
    /// <summary>
    /// The most bytes that a page may have, so that pages below it stay as they are and all together have no more than they may:
    /// the level to which water rises that is poured over them.
    /// </summary>
    /// <param name="sizes">Bytes of each page.</param>
    /// <param name="total">What all may have.</param>
    /// <returns><see cref="long.MaxValue"/> where all of them have no more; 0 where there is nothing to share.</returns>
    public static long Level(IReadOnlyList<long> sizes, long total)
    {
        var left = total;
        var sorted = sizes.Order().ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var share = left / (sorted.Count - i);
            if (sorted[i] > share)
            {
                return Math.Max(0, share);
            }

            left -= sorted[i];
        }

        return long.MaxValue;
    }
}
