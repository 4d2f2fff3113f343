using Digitizer.Cleanup;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.Assembly;

/// <summary>One page for the PDF: the picture as it came, how it is turned, and the words that lie on it.</summary>
/// <param name="Image">The picture, or null for a page whose picture could not be decoded: it is shown as an empty, crossed-out page.</param>
/// <param name="ImageFile">The file with the coded bytes, whole; null with <paramref name="Image"/>.</param>
/// <param name="Geometry">Stored pixels → shown page.</param>
/// <param name="Lines">In reading order, in stored pixels; lines that the page itself shows and carries are no part of the layer.</param>
internal sealed record ShownPage(PageImage? Image, string? ImageFile, PageGeometry Geometry, IReadOnlyList<TextLine> Lines)
{
    /// <summary>What is shown in the picture's place, on the same part of the page; null: the picture itself.</summary>
    public Rendition? Rendition { get; init; }
}

/// <summary>A picture that was made of a page's own.</summary>
/// <param name="Image">The picture.</param>
/// <param name="File">The file with its coded bytes, whole.</param>
internal sealed record Rendition(PageImage Image, string File);
