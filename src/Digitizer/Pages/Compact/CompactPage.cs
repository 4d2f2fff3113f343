using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>A page as layers (mixed raster content, ITU-T T.44): paper, and on it inks that are painted through stencils of full resolution.</summary>
/// <param name="Background">The paper without its inks.</param>
/// <param name="Inks">In the order in which they are painted; no pixel lies in two.</param>
internal sealed record CompactPage(CompactBackground Background, IReadOnlyList<InkLayer> Inks)
{
    /// <summary>Of all layers together.</summary>
    public long Bytes => (Background.Jpeg?.Length ?? 0) + Inks.Sum(ink => ink.Mask.Bytes);
}

/// <summary>The paper, to be stretched over the whole page.</summary>
/// <param name="Width">Pixels of the JPEG file.</param>
/// <param name="Height">Pixels of the JPEG file.</param>
/// <param name="Colour">Its mean.</param>
/// <param name="Jpeg">A JPEG file in colour; null: the paper is of one colour.</param>
internal sealed record CompactBackground(int Width, int Height, Rgb Colour, byte[]? Jpeg)
{
    /// <summary>Its pixels as they are shown; one, if it is of one colour.</summary>
    public ColourPlane Picture()
    {
        if (Jpeg is null)
        {
            return new ColourPlane(1, 1, [Colour.R, Colour.G, Colour.B]);
        }

        using var pix = Pix.FromJpeg(Jpeg, out _);
        return ColourPlane.Of(pix);
    }
}

/// <summary>One ink.</summary>
/// <param name="Colour">What the stencil is painted in.</param>
/// <param name="Mask">A bitonal picture of the whole page, as fine or twice as fine; black is where the ink is.</param>
/// <param name="Coded">The mask's coded bytes.</param>
/// <param name="Rows">The mask's pixels: rows padded to whole bytes, set bits are ink.</param>
internal sealed record InkLayer(Rgb Colour, PageImage Mask, byte[] Coded, byte[] Rows);

/// <summary>What came of separating a page.</summary>
/// <param name="Page">The layers; null where they would show less than the page does.</param>
/// <param name="NotFit">Why there are none; null where there are.</param>
internal sealed record CompactOutcome(CompactPage? Page, string? NotFit);
