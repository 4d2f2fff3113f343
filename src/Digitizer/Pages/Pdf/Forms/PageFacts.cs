namespace Digitizer.Pages.Pdf.Forms;

/// <summary>What a page's drawing instructions say of it.</summary>
/// <param name="HasText">Text is shown.</param>
/// <param name="HasHiddenText">Text lies on it that is not shown: the layer of somebody's OCR.</param>
/// <param name="Fonts">Names of the fonts of the text that is shown.</param>
/// <param name="Pictures">Where pictures lie, in user space, within what is shown of the page.</param>
/// <param name="IsUnclear">Something in it could not be followed.</param>
internal sealed record PageFacts(bool HasText, bool HasHiddenText, IReadOnlyList<string> Fonts, IReadOnlyList<PdfBox> Pictures, bool IsUnclear)
{
    /// <summary>Object and generation number of each picture that is shown, once.</summary>
    public IReadOnlyList<(int Id, int Generation)> PictureObjects { get; init; } = [];
}
