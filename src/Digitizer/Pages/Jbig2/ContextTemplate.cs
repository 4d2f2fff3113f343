namespace Digitizer.Pages.Jbig2;

/// <summary>
/// Which neighbours tell what a pixel may be (ITU-T T.88, 6.2.5.3), adaptive pixels at their nominal places. They make three
/// runs: of the row two above, of the row above, and to the left of the pixel; in this order they are the bits of its context.
/// </summary>
/// <param name="Number">As in the standard.</param>
/// <param name="TwoAbove">Pixels of the row two above.</param>
/// <param name="TwoAboveRight">Of them, those to the right of the pixel's column.</param>
/// <param name="Above">Pixels of the row above.</param>
/// <param name="AboveRight">Of them, those to the right of the pixel's column.</param>
/// <param name="Left">Pixels to the left.</param>
/// <param name="TypicalContext">The context in which rows say that they repeat the one above them (figures 8 to 10).</param>
/// <param name="AdaptivePixels">Across and down, from A1 on (figures 3 to 5).</param>
internal sealed record ContextTemplate(
    int Number, int TwoAbove, int TwoAboveRight, int Above, int AboveRight, int Left, int TypicalContext, IReadOnlyList<sbyte> AdaptivePixels)
{
    /// <summary>The most neighbours first: the best for all but small pages, which end before so many contexts are learnt.</summary>
    public static IReadOnlyList<ContextTemplate> All { get; } =
    [
        new(0, TwoAbove: 5, TwoAboveRight: 2, Above: 7, AboveRight: 3, Left: 4, 0x9B25, [3, -1, -3, -1, 2, -2, -2, -2]),
        new(1, TwoAbove: 4, TwoAboveRight: 2, Above: 6, AboveRight: 3, Left: 3, 0x0795, [3, -1]),
        new(2, TwoAbove: 3, TwoAboveRight: 1, Above: 5, AboveRight: 2, Left: 2, 0x00E5, [2, -1]),
    ];

    /// <summary>How many contexts there are.</summary>
    public int Contexts => 1 << (Left + Above + TwoAbove);

    /// <summary>The bit of the rightmost pixel of the row above.</summary>
    public int AboveBit => Left;

    /// <summary>The bit of the rightmost pixel of the row two above.</summary>
    public int TwoAboveBit => Left + Above;
}
