using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>What no reader could make sense of, or what would have to be run, is refused, each for its own reason.</summary>
public sealed class PdfRefusalTests
{
    private const string Whole = "q 324 0 0 180 0 0 cm /Im0 Do Q";

    private static readonly string[] UsualEntries = ["/Width 90", "/Height 50", "/ColorSpace /DeviceGray", "/BitsPerComponent 1"];

    public static TheoryData<string, string, FailureKind> Drawings => new()
    {
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
        { "five filters", "/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode /FlateDecode]", FailureKind.PdfTooComplex },
        { "a filter that does not exist", "/Filter /BrotliDecode", FailureKind.PdfDamaged },
        { "a filter after the picture's", "/Filter [/DCTDecode /FlateDecode]", FailureKind.PdfDamaged },
        { "a crypt filter", "/Filter /Crypt", FailureKind.PdfEncrypted },
        { "another file's data", "/F (other.jpg)", FailureKind.PdfActiveContent },
        { "no JPEG", "/Filter /DCTDecode", FailureKind.ImageDamaged },
        { "a missing palette", "/ColorSpace [/Indexed /DeviceRGB 1 <>]", FailureKind.ImageDamaged },
        { "too many pixels", "/Width 20000 /Height 20000", FailureKind.ImageTooLarge },
        { "no width", "/Width 0", FailureKind.ImageDamaged },
        { "a fax of another width", "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1728 >>", FailureKind.ImageDamaged },
    };

    public static TheoryData<string, string, string, FailureKind> Catalogs => new()
    {
        { "a portfolio", "/Collection << >>", "", FailureKind.PdfActiveContent },
        { "a form made by a program", "/NeedsRendering true /AcroForm << /Fields [] /XFA {0} >>", "(x)", FailureKind.PdfActiveContent },
        { "a signed file with a script", "/AcroForm << /Fields [{0}] >> /OpenAction << /S /JavaScript /JS (x) >>", "<< /FT /Sig /V << >> >>", FailureKind.PdfActiveContent },
        { "fields in a circle", "/AcroForm << /Fields [{0}] >>", "<< /T (x) /Kids [{0}] >>", FailureKind.PdfTooComplex },
        { "actions in a circle", "/OpenAction {0}", "<< /S /GoTo /Next {0} >>", FailureKind.PdfTooComplex },
        { "an outline in a circle", "/Outlines << /First {0} >>", "<< /Title (x) /Next {0} >>", FailureKind.PdfTooComplex },
    };

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Drawing_instructions_that_make_no_sense_are_refused_and_the_page_named(string what, string content, FailureKind kind)
        => IsRefused(what, kind, ScanPdf.Of(ScanPage.Blank, ScanPage.Blank with { Content = content }), "Page 2: ");

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_broken_picture_is_refused_and_the_page_named(string what, string entries, FailureKind kind)
    {
        // Entries given here stand for those of the same name.
        var usual = UsualEntries.Where(e => !entries.Contains(e.Split(' ')[0] + " ", StringComparison.Ordinal));
        IsRefused(what, kind, ScanPdf.Of(ScanPage.Blank, new ScanPage(string.Join(' ', usual) + " " + entries, ScanPage.Blank.Data)), "Page 2: ");
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_file_that_cannot_be_what_it_says_is_refused(string what, string catalog, string extra, FailureKind kind)
        => IsRefused(what, kind, ScanPdf.Build(catalog, extra.Replace("{0}", "7 0 R", StringComparison.Ordinal), ScanPage.Blank), "");

    [Fact]
    public void A_form_that_shows_itself_is_refused()
        => IsRefused("a form in itself", FailureKind.PdfTooComplex, FormFile.Of("/Type /XObject /Subtype /Form /BBox [0 0 324 180]", "/Fm0 Do"), "Page 1: ");

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
