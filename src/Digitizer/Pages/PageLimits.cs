using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>What headers may announce, checked before anything is decoded.</summary>
internal sealed record PageLimits
{
    public static readonly PageLimits Default = new();

    /// <summary>Pixels of one page; A0 at 300 dpi has 139 million.</summary>
    public long MaxPixels { get; init; } = 150_000_000;

    /// <summary>Pixels of a page's longer side.</summary>
    public int MaxSide { get; init; } = 32_767;

    /// <summary>Pages of one file.</summary>
    public int MaxPages { get; init; } = 2_000;

    /// <summary>Passes of a progressive JPEG; each costs a walk over the whole picture.</summary>
    public int MaxScans { get; init; } = 100;

    /// <exception cref="DigitizerException">ImageTooLarge, or ImageDamaged for a picture without area.</exception>
    public void CheckSize(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new DigitizerException(FailureKind.ImageDamaged, $"The picture says it is {width} × {height} pixels. Scan the page again.");
        }

        if (width > MaxSide || height > MaxSide || width * height > MaxPixels)
        {
            throw new DigitizerException(
                FailureKind.ImageTooLarge,
                $"The picture is {width} × {height} pixels; at most {MaxPixels / 1_000_000} million pixels and {MaxSide} a side are read. Scan at 300 dpi, or cut the page.");
        }
    }

    /// <exception cref="DigitizerException">TooManyPages.</exception>
    public void CheckPages(int count)
    {
        if (count > MaxPages)
        {
            throw new DigitizerException(
                FailureKind.TooManyPages,
                $"The file has more than {MaxPages} pages. Split it into smaller files.");
        }
    }
}
