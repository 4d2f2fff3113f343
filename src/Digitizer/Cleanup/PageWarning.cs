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

    /// <summary>The decoder met bad data and went on.</summary>
    public const string Damaged = "IMAGE-DAMAGED";
}
