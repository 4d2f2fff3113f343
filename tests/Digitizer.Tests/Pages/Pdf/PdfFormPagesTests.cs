using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>What is one picture of the whole sheet is taken in as that picture; whatever else shows makes the page a form, which loses nothing of it.</summary>
public sealed class PdfFormPagesTests
{
    private const string Whole = "q 324 0 0 180 0 0 cm /Im0 Do Q";
    private const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 324 180]";

    private static readonly string[] UsualEntries = ["/Width 90", "/Height 50", "/ColorSpace /DeviceGray", "/BitsPerComponent 1"];

    // Pixels of the scan's own picture, and of a page of 324 × 180 points at 300 dpi.
    private static readonly (int Width, int Height) AsScan = (90, 50);
    private static readonly (int Width, int Height) AsForm = (1350, 750);

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

    public static TheoryData<string, string> Drawings => new()
    {
        { "nothing", "" },
        { "text alone", "BT /F1 12 Tf (text) Tj ET" },
        { "text over the picture", Whole + " BT /F1 12 Tf (stamp) Tj ET" },
        { "text over the picture in an array", Whole + " BT /F1 12 Tf [-20 (s)] TJ ET" },
        { "text over the picture in hexadecimal", Whole + " BT /F1 12 Tf <41> Tj ET" },
        { "text that is visible again after Q", "q 3 Tr Q " + Whole + " BT /F1 12 Tf (text) Tj ET" },
        { "text that clips", "BT 7 Tr /F1 12 Tf (text) Tj ET " + Whole },
        { "a line over the picture", Whole + " 10 10 m 90 90 l S" },
        { "an area over the picture", Whole + " 0 0 324 180 re f" },
        { "a shading", Whole + " /Sh0 sh" },
        { "strips", "q 324 0 0 90 0 90 cm /Im0 Do Q q 324 0 0 90 0 0 cm /Im0 Do Q" },
        { "half the page", "q 324 0 0 90 0 90 cm /Im0 Do Q" },
        { "half the picture", "q 648 0 0 180 0 0 cm /Im0 Do Q" },
        { "a clip", "0 0 200 180 re W n " + Whole },
        { "a round clip", "0 0 m 0 90 90 90 90 0 c W n " + Whole },
        { "a picture among the instructions", Whole + " BI /W 1 /H 1 /BPC 8 /CS /G ID x EI" },
        { "a layer", "/OC /L1 BDC " + Whole + " EMC" },
        { "a tilt of twenty degrees", "q 304 111 -62 169 40 -40 cm /Im0 Do Q" },
        { "a picture turned inside out", "q 0 0 0 0 0 0 cm /Im0 Do Q" },
    };

    public static TheoryData<string, string> Pictures => new()
    {
        { "JBIG2", "/Filter /JBIG2Decode" },
        { "JPEG 2000", "/Filter /JPXDecode" },
        { "a mask", "/SMask 3 0 R" },
        { "a colour key", "/Mask [0 0]" },
        { "ink separations", "/ColorSpace [/Separation /Spot /DeviceGray 3 0 R]" },
        { "shifted levels", "/Decode [0.2 0.8]" },
        { "sixteen bits", "/BitsPerComponent 16" },
        { "a layer", "/OC 3 0 R" },
        { "a fax with padded rows", "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 90 /EncodedByteAlign true >>" },
    };

    public static TheoryData<string, string, bool> Notes => new()
    {
        { "a stamp", "<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 3 0 R >> >>", true },
        { "a note", "<< /Subtype /Text /Rect [0 0 9 9] /Contents (x) >>", true },
        { "a filled field", "<< /Subtype /Widget /FT /Tx /V (x) /AP << /N 3 0 R >> /Rect [0 0 9 9] >>", true },
        { "an attached file", "<< /Subtype /FileAttachment /Rect [0 0 9 9] >>", true },
        { "a link with a frame", "<< /Subtype /Link /Rect [0 0 9 9] >>", true },
        { "a hidden stamp", "<< /Subtype /Stamp /F 2 /Rect [0 0 9 9] /AP << /N 3 0 R >> >>", false },
        { "a stamp for printers only", "<< /Subtype /Stamp /F 32 /Rect [0 0 9 9] /AP << /N 3 0 R >> >>", false },
        { "a link without a frame", "<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /GoTo /D (x) >> >>", false },
        { "a link that starts a program", "<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>", false },
        { "a closed pop-up", "<< /Subtype /Popup /Rect [0 0 9 9] >>", false },
        { "an unsigned signature field", "<< /Subtype /Widget /FT /Sig /Rect [0 0 0 0] >>", false },
    };

    [Theory]
    [MemberData(nameof(HarmlessDrawings))]
    public void What_does_not_show_leaves_the_page_a_scan(string what, string content)
        => IsTaken(what, AsScan, ScanPage.Blank with { Content = content });

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_page_that_shows_anything_else_becomes_a_form(string what, string content)
        => IsTaken(what, AsForm, ScanPage.Blank with { Content = content });

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_that_cannot_be_taken_out_stays_in_a_form(string what, string entries)
    {
        // Entries given here stand for those of the same name.
        var usual = UsualEntries.Where(e => !entries.Contains(e.Split(' ')[0] + " ", StringComparison.Ordinal));
        IsTaken(what, AsForm, new ScanPage(string.Join(' ', usual) + " " + entries, ScanPage.Blank.Data));
    }

    [Theory]
    [MemberData(nameof(Notes))]
    public void Notes_that_show_make_a_form(string what, string note, bool shows)
        => IsTaken(what, shows ? AsForm : AsScan, ScanPage.Blank with { Entries = $"/MediaBox [0 0 324 180] /Annots [{note}]" });

    [Theory]
    [InlineData("/ca 0.5", true)]
    [InlineData("/BM /Multiply", true)]
    [InlineData("/SMask << /S /Alpha >>", true)]
    [InlineData("/TR << /FunctionType 2 >>", true)]
    [InlineData("/ca 1 /BM /Normal /SMask /None /LW 2", false)]
    public void Blending_makes_a_form(string state, bool shows)
        => IsTaken(state, shows ? AsForm : AsScan, ScanPage.Blank with { Content = "/G0 gs " + Whole, Resources = $"/ExtGState << /G0 << {state} >> >>" });

    [Theory]
    [InlineData("/Subtype /Type3 /FontMatrix [1 0 0 1 0 0]", true)]
    [InlineData("/Subtype /Type1 /BaseFont /Courier", false)]
    public void The_letters_of_a_type_3_font_are_seen_in_every_mode(string font, bool shows)
        => IsTaken(font, shows ? AsForm : AsScan, ScanPage.Blank with { Content = Whole + " BT 3 Tr /F2 9 Tf (x) Tj ET", Fonts = $"/F2 << /Type /Font {font} >>" });

    [Theory]
    [InlineData("q 324 0 0 180 0 0 cm /Im0 Do Q", false)]
    [InlineData("BT 3 Tr /F1 9 Tf (x) Tj ET q 324 0 0 180 0 0 cm /Im0 Do Q", false)]
    [InlineData("q 324 0 0 180 0 0 cm /Im0 Do Q BT /F1 9 Tf (x) Tj ET", true)]
    public void A_form_is_looked_into(string content, bool shows)
    {
        using var pdf = PdfPages.Open(FormFile.Of(Form, content), PageLimits.Default, PdfPolicy.Default);
        Assert.Equal(shows ? AsForm : AsScan, SizeOf(pdf, 0));
    }

    [Theory]
    [InlineData(ExistingText.Keep, true)]
    [InlineData(ExistingText.Auto, false)]
    [InlineData(ExistingText.Redo, false)]
    public void A_hidden_layer_over_a_scan_is_kept_only_where_that_is_wanted(ExistingText text, bool keeps)
    {
        var file = ScanPdf.Of(ScanPage.Blank with { Content = Whole + ScanPdf.InvisibleText }, ScanPage.Blank);
        using var pdf = PdfPages.Open(file, PageLimits.Default, new PdfPolicy(text));

        Assert.Equal(keeps ? AsForm : AsScan, SizeOf(pdf, 0));
        Assert.Equal(AsScan, SizeOf(pdf, 1));
    }

    [Fact]
    public void A_picture_of_another_resolution_across_than_down_is_shown_as_it_came()
    {
        using var pdf = PdfPages.Open(ScanPdf.Of(ScanPage.Blank with { Height = 360 }), PageLimits.Default, PdfPolicy.Default);
        Assert.Equal((1350, 1500), SizeOf(pdf, 0));
    }

    [Fact]
    public void Nothing_is_to_be_said_of_a_plain_file()
    {
        using var pdf = PdfPages.Open(ScanPdf.Of(ScanPage.Blank with { Content = "BT /F1 12 Tf (text) Tj ET" }), PageLimits.Default, PdfPolicy.Default);

        Assert.Equal(PdfOrigin.Plain with { Signatures = pdf.Origin.Signatures, LeftOut = pdf.Origin.LeftOut }, pdf.Origin);
        Assert.Empty(pdf.Origin.Signatures);
        Assert.Empty(pdf.Origin.LeftOut);
        Assert.All(pdf.Frames, frame => Assert.Equal(pdf.Origin, frame.Origin));
    }

    /// <summary>The page stands behind a plain scan, which must stay one.</summary>
    private static void IsTaken(string what, (int Width, int Height) size, ScanPage page)
    {
        using var pdf = PdfPages.Open(ScanPdf.Of(ScanPage.Blank, page), PageLimits.Default, PdfPolicy.Default);

        Assert.Equal([0, 1], pdf.Frames.Select(frame => frame.Index));
        Assert.Equal(AsScan, SizeOf(pdf, 0));
        Assert.True(size == SizeOf(pdf, 1), $"{what}: {SizeOf(pdf, 1)}");
    }

    private static (int Width, int Height) SizeOf(PdfPages pdf, int index) => (pdf.Frames[index].Width, pdf.Frames[index].Height);
}
