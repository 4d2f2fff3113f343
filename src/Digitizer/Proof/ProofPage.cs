using Digitizer.Assembly;
using Digitizer.Pages;

namespace Digitizer.Proof;

/// <summary>What a page of the finished PDF must be.</summary>
/// <param name="Shown">The page as it was handed to the assembler: its words are those of the result file.</param>
/// <param name="ThumbnailFile">
/// The grey copy that the page-worker made of the source's picture (PGM); null if nobody could decode
/// the picture: then the page's size and words are proved, its picture is not.
/// </param>
/// <param name="SourceIsDamaged">The page-worker's decoder met bad data: the reader's may say so too.</param>
internal sealed record ProofPage(ShownPage Shown, string? ThumbnailFile, bool SourceIsDamaged = false)
{
    /// <summary>True if the PDF is the source itself, byte for byte: its text is its own.</summary>
    public bool IsAsReceived { get; init; }

    /// <summary>Points that the reader takes for one: it knows no UserUnit (ISO 32000-1, table 30).</summary>
    public double Unit => IsAsReceived ? Shown.Image?.Form?.Unit ?? 1 : 1;

    /// <summary>True if the page carries text of its own, which must be that of its source.</summary>
    public bool CarriesText => Shown.Image?.Form is { } form && (IsAsReceived || !form.HidesText);
}

/// <summary>A proved document.</summary>
/// <param name="PagesCompared">Pages whose picture was compared with the source's.</param>
/// <param name="WorstDifference">Of those; 0 = the same picture, 1 = nothing in common. See <see cref="PictureDifference"/>.</param>
internal sealed record PdfProven(int PagesCompared, double WorstDifference);
