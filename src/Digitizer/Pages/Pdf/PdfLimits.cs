namespace Digitizer.Pages.Pdf;

/// <summary>What a PDF may ask for, beyond <see cref="PageLimits"/>.</summary>
internal sealed record PdfLimits
{
    public static readonly PdfLimits Default = new();

    /// <summary>Objects of the file.</summary>
    public long MaxObjects { get; init; } = 1_000_000;

    /// <summary>Levels of the page tree, of forms in forms, of saved graphics states.</summary>
    public int MaxNesting { get; init; } = 64;

    /// <summary>Filters of a stream.</summary>
    public int MaxFilters { get; init; } = 4;

    /// <summary>Bytes of a page's drawing instructions, unpacked; an invisible text layer has a few hundred thousand.</summary>
    public int MaxContent { get; init; } = 16 << 20;

    /// <summary>Instructions of a page, those of its forms included as often as they are drawn.</summary>
    public int MaxInstructions { get; init; } = 2_000_000;

    /// <summary>Bytes of drawing instructions that are followed for a page, those of its forms as often as they are drawn.</summary>
    public long MaxDrawn { get; init; } = 128 << 20;

    /// <summary>Bytes of a picture as coded (JPEG, fax), once what it is wrapped in is unpacked.</summary>
    public int MaxCodedPicture { get; init; } = 256 << 20;

    /// <summary>Points of a page's side before UserUnit (ISO 32000-1, annex C.2).</summary>
    public double MaxSide { get; init; } = 14_400;
}
