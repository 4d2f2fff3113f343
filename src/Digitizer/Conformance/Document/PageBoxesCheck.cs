using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Document;

/// <summary>Sizes of page boundaries (ISO 19005-2, 6.1.13).</summary>
internal static class PageBoxesCheck
{
    private const double Smallest = 3;
    private const double Largest = 14_400;
    private static readonly string[] Names = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];

    /// <summary>Checks the boxes of a page, or of a node above it, that pages inherit.</summary>
    public static void Check(Checking checking, QpdfObject node, string where)
    {
        foreach (var name in Names)
        {
            var entry = node[name];
            if (!entry.IsNothing)
            {
                var isRight = PdfBox.Of(entry) is { } box && box.Width is >= Smallest and <= Largest && box.Height is >= Smallest and <= Largest;
                checking.Findings.Require(isRight, "6.1.13", $"a {name} is smaller than 3 or larger than 14400 units", where);
            }
        }
    }
}
