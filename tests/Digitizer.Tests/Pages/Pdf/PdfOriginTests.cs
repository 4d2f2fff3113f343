using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>What is noted of a file beyond its pages, and what the policy makes of it.</summary>
public sealed class PdfOriginTests : IDisposable
{
    private const string Scripts = "scripts";
    private const string Files = "embedded files";
    private const string Media = "embedded files or media";
    private const string Program = "a command to start a program";
    private const string Addresses = "links to addresses";
    private const string Outside = "an action that reaches outside of it";

    private static readonly PdfPolicy Refuse = new(ActiveContent: ActiveContent.Refuse);
    private static readonly PdfPolicy Ignore = new(Restrictions: OwnerRestrictions.Ignore);

    private readonly PdfTools tools = new();

    public static TheoryData<string, string, string, string> Active => new()
    {
        { "a script that runs when opened", "/OpenAction << /S /JavaScript /JS (x) >>", "", Scripts },
        { "a program that is started", "/OpenAction << /S /GoTo /D [0 /Fit] /Next << /S /Launch /F (x) >> >>", "", Program },
        { "the second of several that follow", "/OpenAction << /S /GoTo /Next [<< /S /Named /N /NextPage >> << /S /SubmitForm /F (x) >>] >>", "", Outside },
        { "an action on closing", "/AA << /WC << /S /URI /URI (http://x) >> >>", "", Addresses },
        { "named scripts", "/Names << /JavaScript << /Names [(a) {0}] >> >>", "<< /S /JavaScript /JS (x) >>", Scripts },
        { "embedded files", "/Names << /EmbeddedFiles << /Kids [{0}] >> >>", "<< /Names [] >>", Files },
        { "associated files", "/AF [{0}]", "<< >>", Files },
        { "an XFA form", "/AcroForm << /Fields [] /XFA {0} >>", "(x)", "an XFA form" },
        { "a script in the outline", "/Outlines << /First {0} >>", "<< /Title (x) /A << /S /JavaScript /JS (x) >> >>", Scripts },
        { "a script below in the outline", "/Outlines << /First << /Title (x) /Next << /Title (y) /First {0} >> >> >>", "<< /Title (z) /A << /S /JavaScript /JS (x) >> >>", Scripts },
        { "a script of a field", "/AcroForm << /Fields [<< /T (a) /Kids [{0}] >>] >>", "<< /T (x) /AA << /K << /S /JavaScript /JS (x) >> >> >>", Scripts },
        { "a film that plays", "/OpenAction << /S /Rendition /JS (x) >>", "", Scripts },
    };

    public static TheoryData<string, string, string> ActiveOnPages => new()
    {
        { "an attached file", "/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]", Media },
        { "a film", "/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]", Media },
        { "a link that starts a program", "/Annots [<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>]", Program },
        { "a link into the net", "/Annots [<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /URI /URI (http://x) >> >>]", Addresses },
        { "a field that sends itself", "/Annots [<< /Subtype /Widget /FT /Btn /Rect [0 0 9 9] /AA << /U << /S /SubmitForm /F (x) >> >> >>]", Outside },
        { "an action when the page is opened", "/AA << /O << /S /JavaScript /JS (x) >> >>", Scripts },
        { "a page's own files", "/AF [<< >>]", Files },
    };

    public static TheoryData<string, string, string, string?> Seals => new()
    {
        { "a signature", "/AcroForm << /Fields [{0}] >>", "<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [0 1 2 3] >> >>", "s" },
        { "a signature below another field", "/AcroForm << /Fields [<< /FT /Sig /T (above) /Kids [{0}] >>] >>", "<< /T (below) /V << /Type /Sig >> >>", "below" },
        { "a signature that is only announced", "/AcroForm << /Fields [] /SigFlags 3 >>", "", null },
        { "a certifying signature", "/Perms << /DocMDP {0} >>", "<< /Type /Sig >>", null },
        { "usage rights", "/Perms << /UR3 {0} >>", "<< /Type /Sig >>", null },
    };

    public void Dispose() => tools.Dispose();

    [Theory]
    [MemberData(nameof(Active))]
    public void What_acts_is_named_and_left_out_or_refused(string what, string catalog, string extra, string leftOut)
        => IsNoted(what, ScanPdf.Build(catalog, extra, ScanPage.Blank), leftOut);

    [Theory]
    [MemberData(nameof(ActiveOnPages))]
    public void What_acts_on_a_page_is_named_and_left_out_or_refused(string what, string entries, string leftOut)
        => IsNoted(what, ScanPdf.Of(ScanPage.Blank, ScanPage.Blank with { Entries = "/MediaBox [0 0 324 180] " + entries }), leftOut);

    [Fact]
    public void What_is_left_out_is_said_once_and_in_order()
    {
        var page = ScanPage.Blank with { Entries = "/MediaBox [0 0 324 180] /AA << /O << /S /JavaScript /JS (x) >> /C << /S /Launch /F (x) >> >>" };
        Assert.Equal([Program, Scripts], OriginOf(ScanPdf.Build("/OpenAction << /S /JavaScript /JS (x) >>", "", page, page)).LeftOut);
    }

    [Theory]
    [InlineData("/OpenAction [3 0 R /Fit]")]
    [InlineData("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")]
    [InlineData("/Names << /JavaScript << /Names [] >> /EmbeddedFiles << /Names [] >> /Dests << /Names [(a) [3 0 R /Fit]] >> >>")]
    [InlineData("/AcroForm << /Fields [] /SigFlags 0 >>")]
    public void Harmless_entries_are_not_worth_a_word(string catalog)
        => Assert.Empty(OriginOf(ScanPdf.Build(catalog, "", ScanPage.Blank), Refuse).LeftOut);

    [Theory]
    [MemberData(nameof(Seals))]
    public void A_signed_or_certified_file_is_sealed_and_all_its_pages_stay_as_they_are(string what, string catalog, string extra, string? field)
    {
        using var pdf = PdfPages.Open(ScanPdf.Build(catalog, extra, ScanPage.Blank, ScanPage.Blank), PageLimits.Default, PdfPolicy.Default);

        Assert.True(pdf.Origin.IsSealed, what);
        Assert.Equal(field is null ? [] : [new PdfSignature(field, CoversAll: false)], pdf.Origin.Signatures);
        Assert.All(pdf.Frames, frame => Assert.Equal((1350, 750), (frame.Width, frame.Height)));
    }

    [Fact]
    public void A_signature_on_a_page_alone_is_found()
    {
        var origin = OriginOf(ScanPdf.Of(ScanPage.Blank with { Entries = "/MediaBox [0 0 324 180] /Annots [<< /Subtype /Widget /FT /Sig /T (s) /V << >> /Rect [0 0 9 9] >>]" }));
        Assert.Equal([new PdfSignature("s", CoversAll: false)], origin.Signatures);
    }

    [Fact]
    public void A_signature_over_the_whole_file_is_told_from_one_that_something_was_added_to()
    {
        var whole = SignedPdf.Of("Ky so", ScanPage.Blank);
        Assert.Equal([new PdfSignature("Ky so", CoversAll: true)], OriginOf(whole).Signatures);
        Assert.Equal([new PdfSignature("Ky so", CoversAll: false)], OriginOf([.. whole, .. "\n"u8]).Signatures);
    }

    [Theory]
    [InlineData("\\376\\377\\000K\\000\\375", "Ký")]
    [InlineData("\\357\\273\\277K\\303\\275", "Ký")]
    [InlineData("K\\375", "Ký")]
    [InlineData("a\\012b\\007", "a b")]
    public void The_name_of_a_field_is_one_line_whatever_its_coding(string written, string name)
    {
        var origin = OriginOf(ScanPdf.Build("/AcroForm << /Fields [{0}] >>", $"<< /FT /Sig /T ({written}) /V << >> >>", ScanPage.Blank));
        Assert.Equal(name, Assert.Single(origin.Signatures).Field);
    }

    [Fact]
    public void A_file_that_opens_with_a_password_only_is_refused_whatever_the_policy()
    {
        var file = tools.Rewrite(ScanPdf.Of(ScanPage.Blank), "--encrypt", "user", "owner", "256", "--");
        Assert.Equal(FailureKind.PdfEncrypted, RefusalOf(file, PdfPolicy.Default)?.Kind);
        Assert.Equal(FailureKind.PdfEncrypted, RefusalOf(file, Ignore)?.Kind);
    }

    [Theory]
    [InlineData("--print=none", false)]
    [InlineData("--modify=none", true)]
    [InlineData("--modify=annotate", true)]
    [InlineData("--extract=n", true)]
    public void A_file_whose_owner_forbids_what_would_be_done_to_it_is_refused_unless_that_is_allowed(string restriction, bool matters)
    {
        var file = tools.Rewrite(ScanPdf.Of(ScanPage.Blank), "--encrypt", "", "owner", "256", restriction, "--");

        Assert.Equal(matters ? FailureKind.PdfRestricted : null, RefusalOf(file, PdfPolicy.Default)?.Kind);
        Assert.True(OriginOf(file, Ignore).WasEncrypted);
    }

    [Fact]
    public void An_old_cipher_without_a_password_is_undone_and_noted()
    {
        var file = tools.Rewrite(ScanPdf.Of(ScanPage.Blank), "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--");
        Assert.True(OriginOf(file).WasEncrypted);
        Assert.False(OriginOf(ScanPdf.Of(ScanPage.Blank)).WasEncrypted);
    }

    private static void IsNoted(string what, byte[] file, string leftOut)
    {
        var origin = OriginOf(file);
        Assert.True(origin.LeftOut.SequenceEqual([leftOut]), $"{what}: {string.Join(", ", origin.LeftOut)}");
        Assert.False(origin.IsSealed);

        var refusal = RefusalOf(file, Refuse);
        Assert.True(refusal?.Kind == FailureKind.PdfActiveContent, what);
        Assert.Contains(leftOut, refusal!.Message, StringComparison.Ordinal);
    }

    private static PdfOrigin OriginOf(byte[] file, PdfPolicy? policy = null)
    {
        using var pdf = PdfPages.Open(file, PageLimits.Default, policy ?? PdfPolicy.Default);
        return pdf.Origin;
    }

    private static DigitizerException? RefusalOf(byte[] file, PdfPolicy policy)
    {
        try
        {
            PdfPages.Open(file, PageLimits.Default, policy).Dispose();
            return null;
        }
        catch (DigitizerException e)
        {
            return e;
        }
    }
}
