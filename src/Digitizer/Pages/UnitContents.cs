using Digitizer.Intake;
using Digitizer.Pages.Pdf;

namespace Digitizer.Pages;

/// <summary>One page picture inside a file, from its headers only.</summary>
/// <param name="Index">Position in the file, from 0.</param>
/// <param name="Width">Pixels a row as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Image">
/// The page's picture where the headers alone tell it (a JPEG file), so that a page that cannot be
/// read is still shown; else null.
/// </param>
internal sealed record FrameInfo(int Index, int Width, int Height, PageImage? Image = null)
{
    /// <summary>What is to be known of the PDF that the page is of; null: it is of none, or nothing.</summary>
    public PdfOrigin? Origin { get; init; }
}

/// <summary>What a file holds, known before anything in it is decoded.</summary>
internal sealed record UnitContents(SourceFormat Format, IReadOnlyList<FrameInfo> Frames);
