namespace Digitizer.Pages.Jbig2;

/// <summary>
/// Which neighbours tell what a pixel may be (ITU-T T.88, 6.2.5.3). With the adaptive pixels at their nominal places they make
/// three runs: of the row two above, of the row above, and to the left of the pixel; in this order they are the bits of its context.
/// An adaptive pixel that lies elsewhere keeps its bit.
/// </summary>
/// <param name="Number">As in the standard.</param>
/// <param name="TwoAbove">Pixels of the row two above.</param>
/// <param name="TwoAboveRight">Of them, those to the right of the pixel's column.</param>
/// <param name="Above">Pixels of the row above.</param>
/// <param name="AboveRight">Of them, those to the right of the pixel's column.</param>
/// <param name="Left">Pixels to the left.</param>
/// <param name="TypicalContext">The context in which rows say that they repeat the one above them (figures 8 to 10).</param>
/// <param name="AdaptiveBits">Bits of the adaptive pixels, from A1 on (figures 3 to 5).</param>
/// <param name="AdaptivePixels">Where they lie: across and down, from A1 on.</param>
/// <param name="IsNominal">Whether that is where the figures have them.</param>
internal sealed record ContextTemplate(
    int Number,
    int TwoAbove,
    int TwoAboveRight,
    int Above,
    int AboveRight,
    int Left,
    int TypicalContext,
    IReadOnlyList<int> AdaptiveBits,
    IReadOnlyList<sbyte> AdaptivePixels,
    bool IsNominal = true)
{
    /// <summary>How far up adaptive pixels are laid.</summary>
    public const int FarthestUp = 7;

    private static readonly ContextTemplate Sixteen
        = new(0, TwoAbove: 5, TwoAboveRight: 2, Above: 7, AboveRight: 3, Left: 4, 0x9B25, [4, 10, 11, 15], [3, -1, -3, -1, 2, -2, -2, -2]);

    private static readonly ContextTemplate Thirteen = new(1, TwoAbove: 4, TwoAboveRight: 2, Above: 6, AboveRight: 3, Left: 3, 0x0795, [3], [3, -1]);

    private static readonly ContextTemplate Ten = new(2, TwoAbove: 3, TwoAboveRight: 1, Above: 5, AboveRight: 2, Left: 2, 0x00E5, [2], [2, -1]);

    /// <summary>
    /// Those with the most neighbours, the best for all but small pages. Where strokes are several pixels wide, as at 300 dpi, pixels a stroke's
    /// width away say more than those of the figures do; the places were searched one by one on photocopies and forms.
    /// </summary>
    public static IReadOnlyList<ContextTemplate> ForLargePages { get; } =
    [
        Sixteen,
        Sixteen.With(-2, -6, -4, -2, 0, -7, 4, -2),
        Sixteen.With(-8, 0, 4, -1, 1, -4, -1, -4),
        Sixteen.With(1, -5, 5, -2, -2, -2, -2, -6),
        Sixteen.With(0, -5, -6, 0, -6, -2, -2, -4),
    ];

    /// <summary>Those that small pages are also coded with: they end before so many contexts are learnt.</summary>
    public static IReadOnlyList<ContextTemplate> ForSmallPages { get; } =
    [
        Sixteen.With(-1, -6, 1, -4, 2, -3, -3, -2),
        Thirteen,
        Thirteen.With(1, -4),
        Thirteen.With(-8, 0),
        Ten,
    ];

    public static IReadOnlyList<ContextTemplate> All { get; } = [.. ForLargePages, .. ForSmallPages];

    /// <summary>How many contexts there are.</summary>
    public int Contexts => 1 << (Left + Above + TwoAbove);

    /// <summary>The bit of the rightmost pixel of the row above.</summary>
    public int AboveBit => Left;

    /// <summary>The bit of the rightmost pixel of the row two above.</summary>
    public int TwoAboveBit => Left + Above;

    private ContextTemplate With(params sbyte[] pixels) => this with { AdaptivePixels = pixels, IsNominal = false };
}
