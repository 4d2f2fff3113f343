using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>What is not one picture a page is refused, each for its own reason; what changes nothing is let through.</summary>
public sealed class PdfRefusalTests
{
    private const string Whole = "q 324 0 0 180 0 0 cm /Im0 Do Q";
    private const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 324 180]";

    private static readonly string[] UsualEntries = ["/Width 90", "/Height 50", "/ColorSpace /DeviceGray", "/BitsPerComponent 1"];

    public static TheoryData<string, string> HarmlessDrawings => new()
    {
        { "invisible text over the picture", Whole + ScanPdf.InvisibleText },
        { "invisible text under the picture", ScanPdf.InvisibleText + " " + Whole },
        { "visible text that the picture hides", "BT /F1 12 Tf 20 20 Td (under) Tj ET " + Whole },
        { "a white ground", "1 g 0 0 324 180 re f " + Whole },
        { "a clip as large as the page", "q 0 0 324 180 re W n " + Whole + " Q" },
        { "a clip drawn by lines", "0 0 m 324 0 l 324 180 l 0 180 l h W* n " + Whole },
        { "marked content", "/Artifact BMC " + Whole + " EMC /P << /MCID 0 >> BDC EMC" },
        { "a matrix in two steps", "q 0.24 0 0 0.24 0 0 cm q 1350 0 0 750 0 0 cm /Im0 Do Q Q" },
        { "empty strings", Whole + " BT /F1 12 Tf () Tj [] TJ <> Tj ET" },
        { "a comment and odd blanks", "% scanned\r\nq\0324 0 0 180 0 0 cm\f/Im0 Do\tQ" },
        { "an escaped name", "q 324 0 0 180 0 0 cm /#49m0 Do Q" },
        { "a tilt of one degree", "q 323.951 5.655 -3.142 179.973 1.6 -2.8 cm /Im0 Do Q" },
        { "nearly all of the page", "q 320 0 0 177 2 1 cm /Im0 Do Q" },
        { "one Q too many", Whole + " Q" },
    };

    public static TheoryData<string, string, FailureKind> Drawings => new()
    {
        { "nothing", "", FailureKind.PdfNotScanned },
        { "text alone", "BT /F1 12 Tf (text) Tj ET", FailureKind.PdfNotScanned },
        { "text over the picture", Whole + " BT /F1 12 Tf (stamp) Tj ET", FailureKind.PdfNotScanned },
        { "text over the picture in an array", Whole + " BT /F1 12 Tf [-20 (s)] TJ ET", FailureKind.PdfNotScanned },
        { "text over the picture in hexadecimal", Whole + " BT /F1 12 Tf <41> Tj ET", FailureKind.PdfNotScanned },
        { "text that is visible again after Q", "q 3 Tr Q " + Whole + " BT /F1 12 Tf (text) Tj ET", FailureKind.PdfNotScanned },
        { "text that clips", "BT 7 Tr /F1 12 Tf (text) Tj ET " + Whole, FailureKind.PdfNotScanned },
        { "a line over the picture", Whole + " 10 10 m 90 90 l S", FailureKind.PdfNotScanned },
        { "an area over the picture", Whole + " 0 0 324 180 re f", FailureKind.PdfNotScanned },
        { "a shading", Whole + " /Sh0 sh", FailureKind.PdfNotScanned },
        { "strips", "q 324 0 0 90 0 90 cm /Im0 Do Q q 324 0 0 90 0 0 cm /Im0 Do Q", FailureKind.PdfNotScanned },
        { "half the page", "q 324 0 0 90 0 90 cm /Im0 Do Q", FailureKind.PdfNotScanned },
        { "half the picture", "q 648 0 0 180 0 0 cm /Im0 Do Q", FailureKind.PdfNotScanned },
        { "a clip", "0 0 200 180 re W n " + Whole, FailureKind.PdfNotScanned },
        { "a round clip", "0 0 m 0 90 90 90 90 0 c W n " + Whole, FailureKind.PdfNotScanned },
        { "a picture among the instructions", Whole + " BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", FailureKind.PdfNotScanned },
        { "a layer", "/OC /L1 BDC " + Whole + " EMC", FailureKind.PdfNotScanned },
        { "a tilt of twenty degrees", "q 304 111 -62 169 40 -40 cm /Im0 Do Q", FailureKind.PdfNotScanned },
        { "a picture turned inside out", "q 0 0 0 0 0 0 cm /Im0 Do Q", FailureKind.PdfNotScanned },
        { "a picture that is not there", "/Im7 Do", FailureKind.PdfDamaged },
        { "an unknown instruction", Whole + " foo", FailureKind.PdfDamaged },
        { "a cut string", Whole + " BT (text", FailureKind.PdfDamaged },
        { "a stray bracket", Whole + " ]", FailureKind.PdfDamaged },
        { "too few numbers", "q 324 0 0 cm /Im0 Do Q", FailureKind.PdfDamaged },
        { "a number without end", "q " + new string('9', 400) + " 0 0 180 0 0 cm /Im0 Do Q", FailureKind.PdfDamaged },
        { "a thousand saved states", string.Concat(Enumerable.Repeat("q ", 1000)) + Whole, FailureKind.PdfTooComplex },
        { "a thousand levels of arrays", new string('[', 1000), FailureKind.PdfTooComplex },
    };

    public static TheoryData<string, string, FailureKind> Pictures => new()
    {
        { "JBIG2", "/Filter /JBIG2Decode", FailureKind.FormatNotSupported },
        { "JPEG 2000", "/Filter /JPXDecode", FailureKind.FormatNotSupported },
        { "a mask", "/SMask 3 0 R", FailureKind.PdfNotScanned },
        { "a colour key", "/Mask [0 0]", FailureKind.PdfNotScanned },
        { "five filters", "/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode /FlateDecode]", FailureKind.PdfTooComplex },
        { "a filter that does not exist", "/Filter /BrotliDecode", FailureKind.PdfDamaged },
        { "a filter after the picture's", "/Filter [/DCTDecode /FlateDecode]", FailureKind.PdfDamaged },
        { "a crypt filter", "/Filter /Crypt", FailureKind.PdfEncrypted },
        { "another file's data", "/F (other.jpg)", FailureKind.PdfActiveContent },
        { "no JPEG", "/Filter /DCTDecode", FailureKind.ImageDamaged },
        { "ink separations", "/ColorSpace [/Separation /Spot /DeviceGray 3 0 R]", FailureKind.FormatNotSupported },
        { "shifted levels", "/Decode [0.2 0.8]", FailureKind.FormatNotSupported },
        { "a missing palette", "/ColorSpace [/Indexed /DeviceRGB 1 <>]", FailureKind.ImageDamaged },
        { "sixteen bits", "/BitsPerComponent 16", FailureKind.FormatNotSupported },
        { "a layer", "/OC 3 0 R", FailureKind.PdfNotScanned },
        { "too many pixels", "/Width 20000 /Height 20000", FailureKind.ImageTooLarge },
        { "no width", "/Width 0", FailureKind.ImageDamaged },
        { "a fax of another width", "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1728 >>", FailureKind.ImageDamaged },
        { "a fax with padded rows", "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 90 /EncodedByteAlign true >>", FailureKind.FormatNotSupported },
    };

    public static TheoryData<string, string, string, FailureKind> Catalogs => new()
    {
        { "a script that runs when opened", "/OpenAction << /S /JavaScript /JS (x) >>", "", FailureKind.PdfActiveContent },
        { "a program that is started", "/OpenAction << /S /GoTo /D [0 /Fit] /Next << /S /Launch /F (x) >> >>", "", FailureKind.PdfActiveContent },
        { "an action on closing", "/AA << /WC << /S /URI /URI (http://x) >> >>", "", FailureKind.PdfActiveContent },
        { "named scripts", "/Names << /JavaScript << /Names [(a) {0}] >> >>", "<< /S /JavaScript /JS (x) >>", FailureKind.PdfActiveContent },
        { "embedded files", "/Names << /EmbeddedFiles << /Kids [{0}] >> >>", "<< /Names [] >>", FailureKind.PdfActiveContent },
        { "associated files", "/AF [{0}]", "<< >>", FailureKind.PdfActiveContent },
        { "a portfolio", "/Collection << >>", "", FailureKind.PdfActiveContent },
        { "an XFA form", "/AcroForm << /Fields [] /XFA {0} >>", "(x)", FailureKind.PdfActiveContent },
        { "a signature", "/AcroForm << /Fields [{0}] >>", "<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [0 1 2 3] >> >>", FailureKind.PdfSigned },
        { "a signature below another field", "/AcroForm << /Fields [<< /FT /Sig /Kids [{0}] >>] >>", "<< /V << /Type /Sig >> >>", FailureKind.PdfSigned },
        { "a signature that is only announced", "/AcroForm << /Fields [] /SigFlags 3 >>", "", FailureKind.PdfSigned },
        { "a certifying signature", "/Perms << /DocMDP {0} >>", "<< /Type /Sig >>", FailureKind.PdfSigned },
        { "a script in the outline", "/Outlines << /First {0} >>", "<< /Title (x) /A << /S /JavaScript /JS (x) >> >>", FailureKind.PdfActiveContent },
        { "fields in a circle", "/AcroForm << /Fields [{0}] >>", "<< /T (x) /Kids [{0}] >>", FailureKind.PdfTooComplex },
    };

    public static TheoryData<string, string, FailureKind?> Notes => new()
    {
        { "a stamp", "<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 3 0 R >> >>", FailureKind.PdfNotScanned },
        { "a note", "<< /Subtype /Text /Rect [0 0 9 9] /Contents (x) >>", FailureKind.PdfNotScanned },
        { "a filled field", "<< /Subtype /Widget /FT /Tx /V (x) /AP << /N 3 0 R >> /Rect [0 0 9 9] >>", FailureKind.PdfNotScanned },
        { "an attached file", "<< /Subtype /FileAttachment /Rect [0 0 9 9] >>", FailureKind.PdfActiveContent },
        { "a signature without a form", "<< /Subtype /Widget /FT /Sig /V << >> /Rect [0 0 9 9] >>", FailureKind.PdfSigned },
        { "a link that starts a program", "<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>", FailureKind.PdfActiveContent },
        { "a link with a frame", "<< /Subtype /Link /Rect [0 0 9 9] >>", FailureKind.PdfNotScanned },
        { "a hidden stamp", "<< /Subtype /Stamp /F 2 /Rect [0 0 9 9] /AP << /N 3 0 R >> >>", null },
        { "a link without a frame", "<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /GoTo /D (x) >> >>", null },
        { "a closed pop-up", "<< /Subtype /Popup /Rect [0 0 9 9] >>", null },
        { "an unsigned signature field", "<< /Subtype /Widget /FT /Sig /Rect [0 0 0 0] >>", null },
    };

    [Theory]
    [MemberData(nameof(HarmlessDrawings))]
    public void What_does_not_show_is_let_through(string what, string content)
        => Assert.True(Refusal(ScanPdf.Of(ScanPage.Blank with { Content = content })) is null, what);

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_page_that_shows_anything_else_is_refused_and_named(string what, string content, FailureKind kind)
        => IsRefused(what, kind, ScanPdf.Of(ScanPage.Blank, ScanPage.Blank with { Content = content }), "Page 2: ");

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_that_is_not_read_is_refused_and_named(string what, string entries, FailureKind kind)
    {
        // Entries given here stand for those of the same name.
        var usual = UsualEntries.Where(e => !entries.Contains(e.Split(' ')[0] + " ", StringComparison.Ordinal));
        IsRefused(what, kind, ScanPdf.Of(ScanPage.Blank, new ScanPage(string.Join(' ', usual) + " " + entries, ScanPage.Blank.Data)), "Page 2: ");
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_file_that_is_signed_or_does_something_is_refused(string what, string catalog, string extra, FailureKind kind)
        => IsRefused(what, kind, ScanPdf.Build(catalog, extra.Replace("{0}", "7 0 R", StringComparison.Ordinal), ScanPage.Blank), "");

    [Theory]
    [MemberData(nameof(Notes))]
    public void Notes_that_show_or_act_are_refused(string what, string note, FailureKind? kind)
    {
        var file = ScanPdf.Of(ScanPage.Blank with { Entries = $"/MediaBox [0 0 324 180] /Annots [{note}]" });
        Assert.True(Refusal(file)?.Kind == kind, what);
    }

    [Theory]
    [InlineData("/ca 0.5", FailureKind.PdfNotScanned)]
    [InlineData("/BM /Multiply", FailureKind.PdfNotScanned)]
    [InlineData("/SMask << /S /Alpha >>", FailureKind.PdfNotScanned)]
    [InlineData("/TR << /FunctionType 2 >>", FailureKind.PdfNotScanned)]
    [InlineData("/ca 1 /BM /Normal /SMask /None /LW 2", null)]
    public void Blending_is_refused(string state, FailureKind? kind)
        => Assert.Equal(kind, Refusal(ScanPdf.Of(ScanPage.Blank with { Content = "/G0 gs " + Whole, Resources = $"/ExtGState << /G0 << {state} >> >>" }))?.Kind);

    [Theory]
    [InlineData("/Subtype /Type3 /FontMatrix [1 0 0 1 0 0]", FailureKind.PdfNotScanned)]
    [InlineData("/Subtype /Type1 /BaseFont /Courier", null)]
    public void The_letters_of_a_type_3_font_are_seen_in_every_mode(string font, FailureKind? kind)
        => Assert.Equal(kind, Refusal(ScanPdf.Of(ScanPage.Blank with { Content = Whole + " BT 3 Tr /F2 9 Tf (x) Tj ET", Fonts = $"/F2 << /Type /Font {font} >>" }))?.Kind);

    [Theory]
    [InlineData("q 324 0 0 180 0 0 cm /Im0 Do Q", null)]
    [InlineData("BT 3 Tr /F1 9 Tf (x) Tj ET q 324 0 0 180 0 0 cm /Im0 Do Q", null)]
    [InlineData("q 324 0 0 180 0 0 cm /Im0 Do Q BT /F1 9 Tf (x) Tj ET", FailureKind.PdfNotScanned)]
    [InlineData("/Fm0 Do", FailureKind.PdfTooComplex)]
    public void A_form_is_looked_into(string content, FailureKind? kind)
        => Assert.Equal(kind, Refusal(WithForm(content))?.Kind);

    [Fact]
    public void A_picture_of_another_resolution_across_than_down_is_refused()
        => IsRefused("a coarse fax", FailureKind.FormatNotSupported, ScanPdf.Of(ScanPage.Blank with { Height = 360 }), "Page 1: ");

    private static byte[] WithForm(string content)
    {
        var pdf = new PdfBuilder();
        var (root, tree, form) = (pdf.Reserve(), pdf.Reserve(), pdf.Next + 3);
        var image = pdf.Add("/Type /XObject /Subtype /Image " + ScanPage.Blank.Picture, ScanPage.Blank.Data);
        var contents = pdf.Add("", "/Fm0 Do"u8.ToArray());
        var resources = $"/Resources << /XObject << /Im0 {image} 0 R /Fm0 {form} 0 R >> >>";
        var page = pdf.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 324 180] /Contents {contents} 0 R {resources} >>");
        Assert.Equal(form, pdf.Add(Form, System.Text.Encoding.Latin1.GetBytes(content)));
        pdf.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R >>");
        return pdf.ToArray(root);
    }

    private static void IsRefused(string what, FailureKind kind, byte[] file, string where)
    {
        var refusal = Refusal(file);
        Assert.True(refusal?.Kind == kind, $"{what}: {refusal?.Kind.ToString() ?? "read"} {refusal?.Message}");
        Assert.StartsWith(where, refusal!.Message, StringComparison.Ordinal);
        Assert.Contains(". ", refusal!.Message, StringComparison.Ordinal);
    }

    private static DigitizerException? Refusal(byte[] file)
    {
        try
        {
            PdfPages.Open(file, PageLimits.Default, PdfPolicy.Default).Dispose();
            return null;
        }
        catch (DigitizerException e)
        {
            return e;
        }
    }
}
