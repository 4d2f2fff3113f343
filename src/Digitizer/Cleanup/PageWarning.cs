namespace Digitizer.Cleanup;

/// <summary>Ids of what a page-worker warns of; <c>docs/failures.md</c> has a row for each.</summary>
internal static class PageWarning
{
    /// <summary>Less than 200 dpi.</summary>
    public const string LowResolution = "SCAN-DPI-MIN";

    /// <summary>Letters too small to be read well.</summary>
    public const string SmallLetters = "SCAN-DPI-OCR";

    /// <summary>The file's resolution tag is wrong.</summary>
    public const string WrongTag = "SCAN-DPI-TAG";

    /// <summary>The print is hardly darker than the paper.</summary>
    public const string Faint = "SCAN-FAINT";

    /// <summary>The paper is dark: too little light.</summary>
    public const string Dark = "SCAN-DARK";

    /// <summary>The light differs much over the page.</summary>
    public const string Uneven = "SCAN-UNEVEN";

    /// <summary>The page lay askew.</summary>
    public const string Skewed = "SCAN-SKEW";

    /// <summary>Writing of the other side shines through.</summary>
    public const string BleedThrough = "SCAN-BLEED";

    /// <summary>The page is strewn with specks.</summary>
    public const string Dirty = "SCAN-DIRT";

    /// <summary>The decoder met bad data and went on.</summary>
    public const string Damaged = "IMAGE-DAMAGED";

    /// <summary>Handwriting was found; of it only words that are read surely stay in the text.</summary>
    public const string Handwriting = "PAGE-HANDWRITING";

    /// <summary>Text that a PDF brought along does not say what is seen, and was replaced.</summary>
    public const string TextReplaced = "PDF-TEXT-REPLACED";

    /// <summary>All of them.</summary>
    internal static readonly IReadOnlySet<string> All
        = new HashSet<string>(StringComparer.Ordinal) { LowResolution, SmallLetters, WrongTag, Faint, Dark, Uneven, Skewed, BleedThrough, Dirty, Damaged, Handwriting, TextReplaced };
}
