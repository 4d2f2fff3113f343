namespace Digitizer.Pages;

/// <summary>How the page's picture is coded in the PDF (ISO 32000-1, 7.4).</summary>
internal enum ImageEncoding
{
    /// <summary>DCTDecode: the scanner's own bytes.</summary>
    Jpeg,

    /// <summary>CCITTFaxDecode, K −1: one ITU-T T.6 strip.</summary>
    CcittG4,

    /// <summary>CCITTFaxDecode, K ≥ 0: ITU-T T.4, as <see cref="PageImage.Fax"/> says.</summary>
    CcittG3,

    /// <summary>FlateDecode with PNG predictors (Predictor 15), 8 bits a component.</summary>
    Flate,

    /// <summary>JBIG2Decode: one lossless generic region of ITU-T T.88, as <see cref="Jbig2.Jbig2Stream"/> writes it; no globals.</summary>
    Jbig2,

    /// <summary>No picture: a page of the source PDF, shown by its own drawing instructions as a form XObject; <see cref="PageImage.Form"/> says which. Width and height are those of its rendering.</summary>
    PdfForm,

    /// <summary>No one picture: paper, and on it inks painted through stencils; <see cref="PageImage.Layers"/> says which.</summary>
    Layers,
}

/// <summary>The colours of the coded picture.</summary>
internal enum ImageColor
{
    /// <summary>1 bit a pixel.</summary>
    Bitonal,

    /// <summary>8 bits a pixel.</summary>
    Gray,

    /// <summary>3 × 8 bits a pixel.</summary>
    Rgb,
}

/// <summary>Parameters of CCITTFaxDecode (ISO 32000-1, table 11).</summary>
/// <param name="K">Below 0: T.6; 0: T.4 in one dimension; above: in two.</param>
/// <param name="EndOfLine">Lines end in a mark.</param>
/// <param name="ByteAligned">Lines start at whole bytes.</param>
/// <param name="EndOfBlock">The end is marked.</param>
internal sealed record FaxCoding(int K, bool EndOfLine, bool ByteAligned, bool EndOfBlock);

/// <summary>A page of a PDF that is shown by its own drawing instructions.</summary>
/// <param name="Index">The page in its file, from 0.</param>
/// <param name="HidesText">True if the text that it shows cannot be trusted: readers are told that it is none.</param>
/// <param name="Unit">Points a unit of its user space.</param>
internal sealed record FormPage(int Index, bool HidesText, double Unit = 1);

/// <summary>
/// The picture of one page as the PDF will hold it: pixels as stored in the source, no orientation
/// tag applied, nothing re-coded that a PDF can hold as it is.
/// </summary>
internal sealed record PageImage
{
    /// <summary>Pixels a row, as stored.</summary>
    public required int Width { get; init; }

    /// <summary>Rows, as stored.</summary>
    public required int Height { get; init; }

    public required ImageEncoding Encoding { get; init; }

    public required ImageColor Color { get; init; }

    /// <summary>For <see cref="ImageEncoding.CcittG4"/>: the value of /BlackIs1. Coders that write ink as black runs need false.</summary>
    public bool BlackIs1 { get; init; }

    /// <summary>For a fax coding that came inside a PDF: its further parameters. Null = K −1, no line ends, no padding, an end mark.</summary>
    public FaxCoding? Fax { get; init; }

    /// <summary>For <see cref="ImageEncoding.PdfForm"/>: the page.</summary>
    public FormPage? Form { get; init; }

    /// <summary>For <see cref="ImageEncoding.Layers"/>: the layers, whose coded bytes lie one behind the other, the paper's first.</summary>
    public PageLayers? Layers { get; init; }

    /// <summary>True if it was coded anew with loss, to be small: the pixels are not those that were scanned.</summary>
    public bool IsCompact { get; init; }

    /// <summary>
    /// True if the coded bytes are the source file itself, whole (a JPEG file), or lie in it (a form); false if they travel
    /// beside this record.
    /// </summary>
    public required bool IsSourceFile { get; init; }

    /// <summary>Length of the coded bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the coded bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}
