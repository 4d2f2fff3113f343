using System.Text;
using Digitizer.Failures;
using Digitizer.Intake.Completeness;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

/// <summary>Whole files in the shapes that writers give them are taken; cut and broken ones are not.</summary>
public sealed class PdfStructureTests : IDisposable
{
    private const int Pages = 5;
    private readonly PdfTools tools = new();

    public static TheoryData<string[]> Shapes =>
    [
        Array.Empty<string>(), new[] { "--linearize" }, new[] { "--object-streams=generate" }, new[] { "--linearize", "--object-streams=generate" },
        new[] { "--qdf" }, new[] { "--stream-data=uncompress" }, new[] { "--recompress-flate", "--compression-level=9" },
    ];

    public void Dispose() => tools.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_of_a_whole_file_is_taken(string[] options)
    {
        var file = tools.Rewrite(File_(), options);
        using var pdf = PdfPages.Open(file, PageLimits.Default, PdfPolicy.Default);

        Assert.Equal(Pages, pdf.Frames.Count);
        Assert.True(IsWhole(file));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_file_cut_anywhere_is_refused(string[] options)
    {
        var file = tools.Rewrite(File_(), options);
        var cuts = Enumerable.Range(1, 99).Select(percent => file.Length * percent / 100).Concat(Enumerable.Range(2, 60).Select(n => file.Length - n)).ToList();

        Assert.All(cuts, cut => Assert.False(IsWhole(file[..cut]), $"cut at {cut} of {file.Length}"));
        Assert.All(cuts.Take(9), cut => Assert.Contains(KindOf(file[..cut]), (FailureKind?[])[FailureKind.FileTruncated, FailureKind.FormatUnknown]));
    }

    [Fact]
    public void A_linearized_file_cut_right_after_its_first_end_mark_is_refused()
    {
        var file = tools.Rewrite(File_(), "--linearize");
        var end = file.AsSpan().IndexOf("%%EOF"u8) + "%%EOF\n".Length;

        Assert.False(IsWhole(file[..end]));
    }

    [Fact]
    public void What_follows_the_end_must_be_blank()
    {
        var file = File_();

        Assert.True(IsWhole([.. file, .. "\r\n\0\0"u8]));
        Assert.False(IsWhole([.. file, .. "1 0 obj"u8]));
        Assert.True(IsWhole([.. "junk\n"u8, .. file]));
        Assert.False(IsWhole([.. new byte[2000], .. file]));
        Assert.False(IsWhole("%PDF-1.7\nstartxref\n0\n%%EOF\n"u8.ToArray()));
        Assert.False(IsWhole("%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF\n"u8.ToArray()));
        Assert.False(IsWhole([]));
    }

    [Theory]
    [InlineData("0000000000 65535 f", "0000000000 65535 x")]
    [InlineData("0000000015 00000 n", "0000000016 00000 n")]
    public void A_broken_table_of_references_is_put_together_again_and_that_is_said(string right, string wrong)
    {
        using var pdf = PdfPages.Open(Changed(right, wrong), PageLimits.Default, PdfPolicy.Default);

        Assert.True(pdf.Origin.WasRepaired);
        Assert.Equal(Pages, pdf.Frames.Count);
        Assert.All(pdf.Frames, frame => Assert.Equal((90, 50), (frame.Width, frame.Height)));
    }

    [Theory]
    [InlineData("trailer", "tralier")]
    [InlineData("/Root 1 0 R", "/Root 9 9 R")]
    [InlineData("/Pages 2 0 R", "/Pages 1 0 R")]
    [InlineData("4 0 obj", "9 0 obj")]
    [InlineData("endstream", "endstraem")]
    [InlineData("/Length 600", "/Length 602")]
    [InlineData("/Length 600", "/Length 500")]
    [InlineData("/Type /Page /Parent", "/Type /Page (Parent")]
    [InlineData("/Count 5", "/Count 4")]
    [InlineData("/MediaBox [0 0 324 180]", "/MediaBux [0 0 324 180]")]
    [InlineData("/MediaBox [0 0 324 180]", "/MediaBox [9 9   9   9]")]
    public void What_no_repair_can_mend_is_refused(string right, string wrong)
        => Assert.Equal(FailureKind.PdfDamaged, KindOf(Changed(right, wrong)));

    [Fact]
    public void A_repair_that_finds_another_number_of_pages_is_refused()
    {
        // The table is broken and a page gone with its head: what is left has four pages and says five.
        var text = Encoding.Latin1.GetString(Changed("0000000000 65535 f", "0000000000 65535 x"));
        var page = text.LastIndexOf("<< /Type /Page /Parent", StringComparison.Ordinal);
        var head = text.LastIndexOf(" obj", page, StringComparison.Ordinal);

        Assert.Equal(FailureKind.PdfDamaged, KindOf(Encoding.Latin1.GetBytes(text[..head] + " obx" + text[(head + 4)..])));
    }

    [Theory]
    [InlineData("/F1 5 0 R")]
    [InlineData("/Contents 4 0 R")]
    public void A_repair_that_loses_what_a_page_shows_is_refused(string part)
    {
        // As if the object had been lost with its head: to a reader it is nothing, and so is a page without it.
        var pdf = new PdfBuilder();
        var (root, tree, page) = (pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        var contents = pdf.Add("", "BT /F1 12 Tf 20 20 Td (text) Tj ET"u8.ToArray());
        var font = pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R >>");
        pdf.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.Set(page, $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 324 180] /Contents {contents} 0 R /Resources << /Font << /F1 {font} 0 R >> >> >>");
        var broken = Encoding.Latin1.GetString(pdf.ToArray(root)).Replace("0000000000 65535 f", "0000000000 65535 x", StringComparison.Ordinal);

        using (var whole = PdfPages.Open(Encoding.Latin1.GetBytes(broken), PageLimits.Default, PdfPolicy.Default))
        {
            Assert.True(whole.Origin.WasRepaired);
        }

        Assert.Contains(part, broken, StringComparison.Ordinal);
        Assert.Equal(FailureKind.PdfDamaged, KindOf(Encoding.Latin1.GetBytes(broken.Replace(part, part.Replace(" 0 R", "9 0 R", StringComparison.Ordinal), StringComparison.Ordinal))));
    }

    [Fact]
    public void A_page_whose_instructions_are_referred_to_and_not_there_is_refused_and_one_without_any_is_blank()
    {
        byte[] File(string contents) => new PdfDraft().Raw($"/MediaBox [0 0 324 180] {contents}").ToArray();

        Assert.Null(KindOf(File("")));
        Assert.Null(KindOf(File("/Contents null")));
        Assert.Null(KindOf(File("/Contents []")));
        Assert.Equal(FailureKind.PdfDamaged, KindOf(File("/Contents 99 0 R")));
        Assert.Equal(FailureKind.PdfDamaged, KindOf(File("/Contents [99 0 R]")));
    }

    [Fact]
    public void Too_many_links_are_told_from_as_many_as_a_book_of_laws_has()
    {
        var link = "<< /Subtype /Link /Border [0 0 0] /Rect [0 0 9 9] /A << /S /GoTo /D (x) >> >> ";
        var page = ScanPage.Blank with { Entries = $"/MediaBox [0 0 324 180] /Annots [{string.Concat(Enumerable.Repeat(link, 4000))}]" };

        Assert.Null(KindOf(ScanPdf.Of([.. Enumerable.Repeat(page, 10)])));
        Assert.Equal(FailureKind.PdfTooComplex, KindOf(ScanPdf.Of([.. Enumerable.Repeat(page, 30)])));
    }

    [Fact]
    public void Boxes_resources_and_turns_are_inherited()
    {
        var pdf = new PdfBuilder();
        var (root, tree) = (pdf.Reserve(), pdf.Reserve());
        var image = pdf.Add("/Type /XObject /Subtype /Image " + ScanPage.Blank.Picture, ScanPage.Blank.Data);
        var (first, second) = (pdf.Add("", "q 324 0 0 "u8.ToArray()), pdf.Add("", "180 0 0 cm /Im0 Do Q"u8.ToArray()));
        var (middle, page) = (pdf.Reserve(), pdf.Reserve());
        pdf.Set(page, $"<< /Type /Page /Parent {middle} 0 R /Contents [{first} 0 R {second} 0 R] >>");
        pdf.Set(middle, $"<< /Type /Pages /Parent {tree} 0 R /Count 1 /Kids [{page} 0 R] /CropBox [0 0 324 180] >>");
        pdf.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{middle} 0 R] /MediaBox [-50 -50 900 900] /Rotate 90 /Resources << /XObject << /Im0 {image} 0 R >> >> >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R >>");
        using var opened = PdfPages.Open(pdf.ToArray(root), PageLimits.Default, PdfPolicy.Default);
        using var decoded = opened.Decode(0, Digitizer.Pages.Pdf.Forms.PageRenderings.None);

        Assert.Equal(6, decoded.Orientation);
        Assert.Equal(20, decoded.Resolution.Dpi, 0.01);
    }

    [Fact]
    public void Two_thousand_pages_are_taken_and_one_more_is_not()
    {
        using var opened = PdfPages.Open(ScanPdf.Of([.. Enumerable.Repeat(ScanPage.Blank, 2000)]), PageLimits.Default, PdfPolicy.Default);

        Assert.Equal(2000, opened.Frames.Count);
        Assert.Equal(FailureKind.TooManyPages, KindOf(ScanPdf.Of([.. Enumerable.Repeat(ScanPage.Blank, 2001)])));
    }

    private static byte[] File_() => ScanPdf.Of([.. Enumerable.Repeat(ScanPage.Blank with { Content = "q 324 0 0 180 0 0 cm /Im0 Do Q" + ScanPdf.InvisibleText }, Pages)]);

    private static byte[] Changed(string right, string wrong)
    {
        var text = Encoding.Latin1.GetString(File_());
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at > 0, right);
        return Encoding.Latin1.GetBytes(text[..at] + wrong + text[(at + right.Length)..]);
    }

    private static bool IsWhole(byte[] file) => PdfEnd.IsWhole(new MemoryStream(file));

    private static FailureKind? KindOf(byte[] file)
    {
        try
        {
            PdfPages.Open(file, PageLimits.Default, PdfPolicy.Default).Dispose();
            return null;
        }
        catch (DigitizerException e)
        {
            return e.Kind;
        }
    }
}
