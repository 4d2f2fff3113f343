namespace Digitizer.Assembly;

/// <summary>The standard a file is written to.</summary>
internal enum PdfConformance
{
    /// <summary>ISO 19005-2, level U: what Digitizer delivers.</summary>
    PdfA2u,

    /// <summary>
    /// ISO 19005-1, level B: the same objects under an older header. Validators for it are free and
    /// everywhere; a file that passes as 1b shows that the writer stays within what all parts share.
    /// </summary>
    PdfA1b,

    /// <summary>ISO 32000-1 without a claim to be PDF/A: a page that was taken over has what PDF/A does not allow.</summary>
    Pdf17,
}

/// <summary>What a PDF says about itself, in its Info dictionary and its XMP packet alike.</summary>
internal sealed record PdfMetadata
{
    /// <summary>Shown by viewers in place of the file name. White space other than blanks becomes a blank.</summary>
    public required string Title { get; init; }

    /// <summary>Name and version of the product, for instance <c>Digitizer 0.1.0</c>.</summary>
    public required string CreatorTool { get; init; }

    /// <summary>Language of the text, a BCP 47 tag.</summary>
    public string Language { get; init; } = "vi-VN";

    /// <summary>Who issued the document, where known.</summary>
    public string? Author { get; init; }

    /// <summary>Mã hồ sơ, where known.</summary>
    public string? DossierCode { get; init; }

    /// <summary>When the source came to be; null leaves dates out. Never the time of the run: same input, same bytes.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Places that a viewer lists; none for a document of one page.</summary>
    public IReadOnlyList<Bookmark> Bookmarks { get; init; } = [];

    public PdfConformance Conformance { get; init; } = PdfConformance.PdfA2u;
}

/// <summary>A place that a viewer lists.</summary>
/// <param name="Title">One line.</param>
/// <param name="Page">From 0.</param>
internal sealed record Bookmark(string Title, int Page);
