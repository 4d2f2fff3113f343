using Digitizer.Conformance.Colours;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Content;

/// <summary>Image XObjects (ISO 19005-2, 6.2.8).</summary>
internal sealed class ImageCheck(Checking checking, ColourSpaceCheck colours)
{
    /// <exception cref="Failures.DigitizerException">It cannot be read.</exception>
    public void Check(QpdfObject image, ResourceScope scope, string where)
    {
        var findings = checking.Findings;
        findings.Require(image["Alternates"].IsNothing, "6.2.8", "an image has alternates", where);
        findings.Require(image["OPI"].IsNothing, "6.2.8", "an image has an entry OPI", where);
        findings.Require(image["Interpolate"].Flag != true, "6.2.8", "an image asks for interpolation", where);
        if (!image["Intent"].IsNothing)
        {
            RenderingIntent.Check(checking, image["Intent"].Name, where);
        }

        var isJpx = StreamFilters.Of(image, checking.Limits).Coding == "JPXDecode";
        Bits(image["BitsPerComponent"], image["ImageMask"].Flag == true, isJpx, where);
        if (!image["ColorSpace"].IsNothing)
        {
            colours.Check(image["ColorSpace"], scope, where);
        }

        if (isJpx)
        {
            StreamFilters.Of(image, checking.Limits).Read(image, checking.Limits.MaxCodedPicture, data => JpxCheck.Check(checking, data, where));
        }

        // A soft mask has none of its own.
        if (image["SMask"] is { IsStream: true } mask && mask["SMask"].IsNothing)
        {
            Check(mask, scope, where);
        }

        if (image["Mask"] is { IsStream: true } stencil && stencil["Mask"].IsNothing && stencil["SMask"].IsNothing)
        {
            Check(stencil, scope, where);
        }
    }

    private void Bits(QpdfObject bits, bool isMask, bool isJpx, string where)
    {
        var isRight = bits.IsNothing ? isMask || isJpx : isMask ? bits.Integer == 1 : bits.Integer is 1 or 2 or 4 or 8 or 16;
        checking.Findings.Require(isRight, "6.2.8", "an image has a number of bits that does not exist", where);
    }
}
