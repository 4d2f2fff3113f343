namespace Digitizer.Pages.Pdf.Forms;

/// <summary>What a page that is shown as it came says of itself.</summary>
/// <param name="Page">The page.</param>
/// <param name="Lines">Its text in reading order, in pixels of its rendering; a hidden layer included.</param>
internal sealed record FormText(PageForm Page, IReadOnlyList<TextLine> Lines);
