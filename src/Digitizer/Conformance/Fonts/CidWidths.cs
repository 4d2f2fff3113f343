using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>W and DW of a CIDFont (ISO 32000-1, 9.7.4.3).</summary>
internal sealed class CidWidths
{
    private const int Most = 500_000;
    private const int LargestCid = 65_535;
    private readonly Dictionary<int, double> widths = [];
    private readonly double otherwise;

    /// <exception cref="Failures.DigitizerException">PdfTooComplex, PdfDamaged.</exception>
    public CidWidths(QpdfObject font)
    {
        otherwise = font["DW"].Number ?? 1000;
        var listed = font["W"];
        for (var i = 0; i + 1 < listed.Count;)
        {
            var first = listed[i].Integer ?? throw PdfRefusal.Damaged("the widths of a font make no sense");
            if (listed[i + 1] is { IsArray: true } each)
            {
                for (var k = 0; k < each.Count; k++)
                {
                    Set(first + k, each[k].Number ?? 0);
                }

                i += 2;
            }
            else
            {
                var (last, width) = (Math.Min(LargestCid, listed[i + 1].Integer ?? 0), listed[i + 2].Number ?? 0);
                for (var cid = first; cid <= last; cid++)
                {
                    Set(cid, width);
                }

                i += 3;
            }
        }
    }

    public double Of(int cid) => widths.TryGetValue(cid, out var width) ? width : otherwise;

    private void Set(long cid, double width)
    {
        if (cid is < 0 or > LargestCid || widths.Count > Most)
        {
            throw PdfRefusal.TooComplex("has a font with widths of characters that do not exist");
        }

        widths[(int)cid] = width;
    }
}
