using Digitizer.Failures;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>What the host is asked to have rendered: a page-worker starts no programs.</summary>
/// <param name="Index">The page, from 0.</param>
/// <param name="Dpi">Pixels for 72 units of user space.</param>
/// <param name="Width">Pixels that come out.</param>
/// <param name="Height">Pixels that come out.</param>
/// <param name="WantsText">Whether the page's text is wanted too.</param>
internal sealed record RenderRequest(int Index, double Dpi, int Width, int Height, bool WantsText);

/// <summary>A rendered page.</summary>
/// <param name="Picture">PPM file.</param>
/// <param name="Text">Words with their boxes in points of the shown page, as <c>pdftotext -bbox-layout</c> writes them; null: none, or they could not be had.</param>
/// <param name="MetLosses">The renderer met something that it could not show.</param>
internal sealed record RenderedPage(byte[] Picture, byte[]? Text, bool MetLosses);

/// <summary>Renders a page of the file at hand.</summary>
/// <exception cref="Failures.DigitizerException">PageUnreadable: the renderer failed.</exception>
internal delegate RenderedPage PageRendering(RenderRequest request);

/// <summary>Renderings without a renderer.</summary>
internal static class PageRenderings
{
    /// <summary>Refuses.</summary>
    public static RenderedPage None(RenderRequest request)
        => throw new DigitizerException(FailureKind.PageUnreadable, $"Page {request.Index + 1} would have to be rendered, and there is nothing that renders.");
}
