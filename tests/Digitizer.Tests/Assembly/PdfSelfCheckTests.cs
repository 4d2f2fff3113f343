using System.Text;
using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

public sealed class PdfSelfCheckTests : IDisposable
{
    private readonly PdfTools tools = new();
    private readonly IReadOnlyList<ShownPage> shownPages;
    private readonly string pdfFile;

    public PdfSelfCheckTests()
    {
        shownPages = TestPages.Everything(tools);
        pdfFile = TestPages.Write(tools, shownPages);
    }

    public void Dispose() => tools.Dispose();

    [Fact]
    public void A_file_as_it_was_written_passes() => Check(pdfFile);

    [Fact]
    public void The_1b_twin_passes_as_1b_and_not_as_2u()
    {
        var twin = TestPages.Write(tools, shownPages, TestPages.Metadata with { Conformance = PdfConformance.PdfA1b }, "twin.pdf");
        Check(twin, conformance: PdfConformance.PdfA1b);
        Assert.Contains("version", FindingOf(twin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%PDF-1.7", "%PDX-1.7", "does not begin")]
    [InlineData("\u00E2\u00E3", "ab", "binary")]
    [InlineData("%%EOF", "%%EOX", "does not end with startxref")]
    [InlineData("startxref\n", "startxref\n1", "startxref leads nowhere")]
    [InlineData("xref\n0 ", "xreg\n0 ", "cross-reference table is not where")]
    [InlineData(" 00000 n \n", " 00001 n \n", "entry 1 of the cross-reference table")]
    [InlineData("\n2 0 obj", "\n9 0 obj", "object 2 is not where")]
    [InlineData("\nendstream", "\nendstreem", "not as long as it says")]
    [InlineData("trailer\n", "trailor\n", "no trailer")]
    [InlineData("/ID [<", "/IX [<", "no id")]
    [InlineData("/Size ", "/Size 1", "size")]
    [InlineData("/Info ", "/Encrypt ", "/Encrypt")]
    [InlineData("/ViewerPreferences <<", "/OpenAction << /JS (x)", "/OpenAction")]
    [InlineData("/Lang (", "/Lung (", "language")]
    [InlineData("R /Metadata ", "R /Metadate ", "no XMP")]
    [InlineData("<pdfaid:part>2", "<pdfaid:part>3", "PDF/A-2U")]
    [InlineData("/GTS_PDFA1", "/GTS_PDFX1", "output intent")]
    [InlineData("/DestOutputProfile", "/DestOutputProfill", "missing")]
    [InlineData("/N 3", "/N 4", "colour profile")]
    [InlineData("/Type /Page ", "/Type /Pige ", "page 1 is no page")]
    [InlineData("/Count 17", "/Count 15", "says 15")]
    [InlineData("/MediaBox [0 0 ", "/MediaBox [0 9 ", "page 1 has no size")]
    [InlineData("/XObject << /Im1 ", "/XObject << /Im2 ", "page 1 does not show its picture")]
    [InlineData("/XObject <<", "/XObjekt <<", "page 1 has 0 pictures")]
    [InlineData("/Font <<", "/Fond <<", "page 1 has words but no font")]
    [InlineData("/Width 96", "/Width 69", "picture of page 1 has another size")]
    [InlineData("/DCTDecode", "/DCXDecode", "picture of page 1 is described")]
    [InlineData("JFIF", "JFIG", "picture of page 1 has other bytes")]
    public void Each_kind_of_damage_is_found_and_named(string whole, string damaged, string finding)
        => Assert.Contains(finding, FindingOf(Damaged(whole, damaged)), StringComparison.Ordinal);

    [Fact]
    public void A_cut_file_is_found_wherever_it_is_cut()
    {
        var bytes = File.ReadAllBytes(pdfFile);
        for (var length = 0; length < bytes.Length; length += 97)
        {
            var cut = tools.PathOf("cut.pdf");
            File.WriteAllBytes(cut, bytes[..length]);
            FindingOf(cut);
        }
    }

    [Fact]
    public void A_flipped_bit_in_a_picture_is_found_on_its_page()
    {
        var bytes = File.ReadAllBytes(pdfFile);
        var at = bytes.AsSpan().IndexOf(TestPictures.GrayFlate.Bytes) + 20;
        bytes[at] ^= 1;
        File.WriteAllBytes(tools.PathOf("flipped.pdf"), bytes);
        Assert.Contains("picture of page 6 has other bytes", FindingOf(tools.PathOf("flipped.pdf")), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_that_changed_places_are_found()
    {
        var pages = Images().ToList();
        (pages[0], pages[1]) = (pages[1], pages[0]);
        Assert.Contains("page 1", FindingOf(pdfFile, pages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_page_is_found()
        => Assert.Contains("17 pages", FindingOf(pdfFile, [.. Images(), TestPictures.G4.Image]), StringComparison.Ordinal);

    [Fact]
    public void A_picture_on_a_page_that_should_have_none_is_found()
        => Assert.Contains("page 1 has a picture", FindingOf(pdfFile, [null, .. Images().Skip(1)]), StringComparison.Ordinal);

    [Theory]
    [InlineData(34, 0, "a symbol dictionary")]
    [InlineData(34, 6, "text, put together from symbols")]
    [InlineData(34, 42, "a refinement")]
    [InlineData(14, 1, "a page of another height")]
    [InlineData(40, 1, "a shorter region, and more behind it")]
    public void JBIG2_that_is_more_than_a_region_of_pixels_is_found(int at, byte value, string what)
    {
        byte[] bytes = [.. TestPictures.Jbig2.Bytes];
        bytes[at] = value;
        var picture = TestPictures.Jbig2.With(bytes);
        var pdf = TestPages.Write(tools, [TestPages.Page(tools, picture, TestPages.Upright())]);

        Assert.True(FindingOf(pdf, [picture.Image]).Contains("other than one lossless region", StringComparison.Ordinal), what);
    }

    [Fact]
    public void A_file_that_is_gone_is_said_so()
        => Assert.Contains("cannot be read back", FindingOf(tools.PathOf("none.pdf")), StringComparison.Ordinal);

    [Fact]
    public void One_wrong_byte_anywhere_in_an_object_is_a_finding_and_nothing_else()
    {
        var random = new Random(7);
        var bytes = File.ReadAllBytes(pdfFile);
        var end = bytes.AsSpan().LastIndexOf("\nxref"u8);
        for (var i = 0; i < 500; i++)
        {
            var at = random.Next(end);
            var (was, wrong) = (bytes[at], (byte)(bytes[at] ^ random.Next(1, 256)));
            bytes[at] = wrong;
            var noisy = tools.PathOf("noisy.pdf");
            File.WriteAllBytes(noisy, bytes);
            FindingOf(noisy);
            bytes[at] = was;
        }
    }

    private List<PageImage?> Images() => [.. shownPages.Select(p => p.Image)];

    private void Check(string pdf, IReadOnlyList<PageImage?>? pages = null, PdfConformance conformance = PdfConformance.PdfA2u)
        => PdfSelfCheck.Check(pdf, pages ?? Images(), conformance, CancellationToken.None);

    private string FindingOf(string pdf, IReadOnlyList<PageImage?>? pages = null)
    {
        var failure = Assert.Throws<DigitizerException>(() => Check(pdf, pages));
        Assert.Equal(FailureKind.PdfCheckFailed, failure.Kind);
        return failure.Message;
    }

    // Replaces the first place, or the last for what stands at the end of the file, and moves the table's offsets along.
    private string Damaged(string whole, string damaged)
    {
        var text = File.ReadAllText(pdfFile, Encoding.Latin1);
        var at = whole.Contains("xref", StringComparison.Ordinal) ? text.LastIndexOf(whole, StringComparison.Ordinal) : text.IndexOf(whole, StringComparison.Ordinal);
        Assert.True(at >= 0, $"nothing to damage: {whole}");
        var path = tools.PathOf("damaged.pdf");
        File.WriteAllText(path, Shift(text[..at] + damaged + text[(at + whole.Length)..], at, damaged.Length - whole.Length), Encoding.Latin1);
        return path;
    }

    private static string Shift(string text, int from, int by)
    {
        if (by == 0)
        {
            return text;
        }

        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isEntry = lines[i].Length == 19 && lines[i].EndsWith(" 00000 n ", StringComparison.Ordinal);
            var isStart = i > 0 && lines[i - 1] == "startxref" && lines.Length - i < 4;
            var digits = isEntry ? lines[i][..10] : isStart ? lines[i] : "0";
            if (long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is var offset && offset > from)
            {
                var moved = (offset + by).ToString(isEntry ? "D10" : "D", System.Globalization.CultureInfo.InvariantCulture);
                lines[i] = isEntry ? moved + lines[i][10..] : moved;
            }
        }

        return string.Join('\n', lines);
    }
}
