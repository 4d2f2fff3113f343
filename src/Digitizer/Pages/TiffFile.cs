using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>
/// The chain of pages in a TIFF file. Decoders forgive a file that was cut; this walk does not:
/// every directory, strip and tile must lie inside the file, and the chain must end.
/// </summary>
internal static class TiffFile
{
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge, TooManyPages.</exception>
    public static IReadOnlyList<TiffDirectory> Read(ReadOnlySpan<byte> data, PageLimits limits)
    {
        var file = new TiffReader(data);
        var pages = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        for (var offset = file.U32(4); offset != 0; offset = file.U32(offset + 2 + (12L * file.U16(offset))))
        {
            if (!seen.Add(offset))
            {
                throw new DigitizerException(FailureKind.ImageDamaged, "The TIFF's chain of pages runs in a circle. Scan the pages again.");
            }

            limits.CheckPages(seen.Count);
            pages.Add(TiffDirectory.Read(file, offset, limits));
        }

        return pages.Count == 0
            ? throw new DigitizerException(FailureKind.ImageDamaged, "The TIFF holds no page. Scan the pages again.")
            : [.. pages.Where((page, i) => !IsThumbnail(pages, i))];
    }

    /// <summary>
    /// Programs mark pages as smaller copies (bit 0 of NewSubfileType) that are none. Only one that has less than half the
    /// width and height of the page before it, in its shape, holds nothing that would be missed.
    /// </summary>
    private static bool IsThumbnail(List<TiffDirectory> pages, int index)
    {
        if (index == 0 || !pages[index].IsThumbnail)
        {
            return false;
        }

        var (small, large) = (pages[index], pages.Take(index).Last(p => !p.IsThumbnail || p == pages[0]));
        var (x, y) = ((double)small.Width / large.Width, (double)small.Height / large.Height);
        return x < 0.5 && y < 0.5 && Math.Abs(x - y) < 0.1 * Math.Max(x, y);
    }

    internal static DigitizerException Truncated()
        => new(FailureKind.FileTruncated, "The TIFF ends before its last page does. Copy or scan the pages again.");
}
