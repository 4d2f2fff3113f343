namespace Digitizer.Pages.Pdf.Forms;

/// <summary>A word as the page has it.</summary>
/// <param name="Text">NFC, no white space inside, never empty.</param>
/// <param name="Quad">Corners in pixels of the rendering.</param>
internal sealed record BoxedWord(string Text, Quad Quad);

/// <summary>A line of words.</summary>
/// <param name="Quad">Corners in pixels of the rendering.</param>
/// <param name="Words">At least one.</param>
internal sealed record BoxedLine(Quad Quad, IReadOnlyList<BoxedWord> Words)
{
    /// <summary>Its words, with blanks between them.</summary>
    public string Text => string.Join(' ', Words.Select(word => word.Text));
}

/// <summary>What a page that is shown as it came says of itself.</summary>
/// <param name="Page">The page.</param>
/// <param name="Lines">Its text in reading order; a hidden layer included.</param>
internal sealed record FormText(PageForm Page, IReadOnlyList<BoxedLine> Lines);
