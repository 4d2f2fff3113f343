namespace Digitizer.Pages;

/// <summary>A colour, each part 0–255.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B);

/// <summary>A page in layers, as a PDF paints it.</summary>
/// <param name="Paper">What the whole page is filled with if there is no <paramref name="Background"/>.</param>
/// <param name="Background">A JPEG picture that is stretched over the whole page; null: the paper is of one colour.</param>
/// <param name="Inks">In the order in which they are painted.</param>
internal sealed record PageLayers(Rgb Paper, PageImage? Background, IReadOnlyList<PageInk> Inks)
{
    /// <summary>More are never found on a page.</summary>
    public const int MostInks = 8;

    /// <summary>So many times as fine as the page a stencil is at most.</summary>
    public const int Finest = 2;

    /// <summary>The coded pictures, in the order of their bytes, which is the order in which they are painted.</summary>
    public IEnumerable<PageImage> Pictures() => Background is null ? Inks.Select(ink => ink.Mask) : Inks.Select(ink => ink.Mask).Prepend(Background);
}

/// <summary>One ink of a page in layers.</summary>
/// <param name="Colour">What it is painted in.</param>
/// <param name="Mask">A bitonal picture of the whole page, as fine or twice as fine; black is where the ink is.</param>
internal sealed record PageInk(Rgb Colour, PageImage Mask);
