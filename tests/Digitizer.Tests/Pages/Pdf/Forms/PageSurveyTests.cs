using System.Text;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>What a page's drawing instructions say of its text and pictures.</summary>
public sealed class PageSurveyTests
{
    private const string Inline = "BI /W 2 /H 2 /BPC 8 /CS /G ID ";

    public static TheoryData<string, string, bool, bool> Texts => new()
    {
        { "none", "0 0 9 9 re f", false, false },
        { "visible", "BT /F1 12 Tf (a) Tj ET", true, false },
        { "hidden", "0 0 9 9 re f BT 3 Tr /F1 12 Tf (a) Tj ET", false, true },
        { "a hidden clip", "0 0 9 9 re f BT 7 Tr /F1 12 Tf (a) Tj ET", false, true },
        { "both", "BT /F1 12 Tf (a) Tj 3 Tr (b) Tj ET", true, true },
        { "hidden until Q", "q 3 Tr Q BT /F1 12 Tf (a) Tj ET", true, false },
        { "an empty string", "0 0 9 9 re f BT /F1 12 Tf () Tj ET", false, false },
        { "by quotes", "BT /F1 12 Tf (a) ' 1 2 (b) \" ET", true, false },
        { "in an array", "BT /F1 12 Tf [(a) -20 <62>] TJ ET", true, false },
        { "letters that are drawings, whatever the mode", "BT 3 Tr /F3 12 Tf (a) Tj ET", true, false },
        { "in a form", "/Fm0 Do", true, false },
        { "hidden by what lies around the form", "3 Tr /Fm0 Do", false, true },
        { "behind a picture of any bytes", Inline + "\u0001 EI\u0000\u00FF EI BT /F1 12 Tf (a) Tj ET", true, false },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_told_from_hidden_text(string what, string content, bool hasText, bool hasHiddenText)
    {
        var facts = FactsOf(content);
        Assert.True((hasText, hasHiddenText) == (facts.HasText, facts.HasHiddenText), $"{what}: {facts}");
        Assert.False(facts.IsUnclear, what);
    }

    [Fact]
    public void Fonts_of_visible_text_are_named_once_and_in_order()
    {
        var facts = FactsOf("BT /F2 9 Tf (a) Tj /F1 9 Tf (a) Tj (b) Tj ET /G1 gs BT (c) Tj ET BT 3 Tr /F4 9 Tf (hidden) Tj ET");
        Assert.Equal([".VnTime", "Helvetica", "Times-Roman"], facts.Fonts);
    }

    [Theory]
    [InlineData("q 100 0 0 50 10 20 cm /Im0 Do Q", 10, 20, 110, 70)]
    [InlineData("q 0 50 -100 0 110 20 cm /Im0 Do Q", 10, 20, 110, 70)]
    [InlineData("q 1 0 0 1 10 20 cm 100 0 0 50 0 0 cm /Im0 Do Q", 10, 20, 110, 70)]
    [InlineData("q 400 0 0 50 -50 20 cm /Im0 Do Q", 0, 20, 324, 70)]
    [InlineData("q 100 0 0 50 10 20 cm " + Inline + "abcd EI Q", 10, 20, 110, 70)]
    [InlineData("q 2 0 0 2 10 20 cm /Fm1 Do Q", 16, 26, 116, 76)]
    public void A_picture_lies_where_it_is_drawn(string content, double left, double bottom, double right, double top)
    {
        var picture = Assert.Single(FactsOf(content + " BT /F1 9 Tf (a) Tj ET").Pictures);
        Assert.Equal((left, bottom, right, top), (Math.Round(picture.Left, 6), Math.Round(picture.Bottom, 6), Math.Round(picture.Right, 6), Math.Round(picture.Top, 6)));
    }

    [Fact]
    public void A_picture_outside_of_the_page_is_none_and_their_number_is_bounded()
    {
        Assert.Empty(FactsOf("q 10 0 0 10 400 20 cm /Im0 Do Q BT /F1 9 Tf (a) Tj ET").Pictures);
        Assert.Equal(1000, FactsOf(string.Concat(Enumerable.Repeat("q 9 0 0 9 9 9 cm /Im0 Do Q ", 3000))).Pictures.Count);
    }

    [Theory]
    [InlineData("/G2 gs BT /F1 9 Tf (a) Tj ET /Nothing Do")]
    [InlineData("/G2 gs BT /F1 9 Tf (a) Tj ET (cut")]
    [InlineData("/G2 gs BT /F1 9 Tf (a) Tj ET ]")]
    public void What_cannot_be_followed_is_said_and_what_came_before_it_stays_known(string content)
    {
        var facts = FactsOf(content);
        Assert.True(facts.IsUnclear);
        Assert.True(facts.HasText);
    }

    [Fact]
    public void Instructions_that_nobody_knows_are_passed_over()
        => Assert.Equal((true, false), FactsOf("/G2 gs BT /F1 9 Tf (a) Tj ET 1 2 foo BX bar EX") is var facts ? (facts.HasText, facts.IsUnclear) : default);

    [Fact]
    public void States_that_are_taken_back_more_often_than_saved_do_no_harm()
        => Assert.True(FactsOf("Q Q Q BT /F1 9 Tf (a) Tj ET Q q q").HasText);

    [Theory]
    [InlineData("/G2 gs BT /F9 9 Tf (a) Tj ET", true)]
    [InlineData("/G2 gs BT (a) Tj ET", true)]
    [InlineData("/G2 gs BT /F9 9 Tf () Tj ET", false)]
    [InlineData("/G2 gs BT 3 Tr /F9 9 Tf (a) Tj ET", false)]
    [InlineData("/G2 gs /Fm3 Do", false)]
    public void Text_in_a_font_that_is_nowhere_is_lost_to_every_reader_and_refused(string content, bool isRefused)
    {
        // /Fm3 uses a font of the page.
        var refusal = Record.Exception(() => FactsOf(content)) as DigitizerException;
        Assert.Equal(isRefused ? FailureKind.PdfDamaged : null, refusal?.Kind);
    }

    [Fact]
    public void A_form_in_itself_and_endless_instructions_are_refused()
    {
        Assert.Equal(FailureKind.PdfTooComplex, Assert.Throws<DigitizerException>(() => FactsOf("BT /F1 9 Tf (a) Tj ET /Fm2 Do")).Kind);
        Assert.Equal(FailureKind.PdfTooComplex, Assert.Throws<DigitizerException>(() => FactsOf("BT /F1 9 Tf (a) Tj ET " + string.Concat(Enumerable.Repeat("n ", 2_000_001)))).Kind);
    }

    private static PageFacts FactsOf(string content)
    {
        var pdf = new PdfDraft();
        var image = pdf.Builder.Add("/Type /XObject /Subtype /Image " + ScanPage.Blank.Picture, ScanPage.Blank.Data);
        var fonts = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 << /Type /Font /Subtype /TrueType /BaseFont /.VnTime >> /F3 << /Type /Font /Subtype /Type3 >> /F4 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >>";
        var text = pdf.Builder.Add($"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << {fonts} >> >>", "BT /F1 9 Tf (a) Tj ET"u8.ToArray());
        var picture = pdf.Builder.Add($"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 3 3] /Resources << /XObject << /Im0 {image} 0 R >> >>", "50 0 0 25 0 0 cm /Im0 Do"u8.ToArray());
        var borrower = pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>", "BT /F1 9 Tf (a) Tj ET"u8.ToArray());
        var endless = pdf.Builder.Next;
        pdf.Builder.Add($"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm2 {endless} 0 R >> >>", "/Fm2 Do"u8.ToArray());
        var contents = pdf.Builder.Add("", Encoding.Latin1.GetBytes(content));
        var states = "/ExtGState << /G1 << /Font [<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> 9] >> /G2 << /ca 0.5 >> >>";
        pdf.Raw($"/MediaBox [0 0 324 180] /Contents {contents} 0 R /Resources << /Font << {fonts} >> {states} /XObject << /Im0 {image} 0 R /Fm0 {text} 0 R /Fm1 {picture} 0 R /Fm2 {endless} 0 R /Fm3 {borrower} 0 R >> >>");
        return TakenPage.Of(pdf.ToArray()).Facts;
    }
}
