using System.Text;
using Digitizer.Conformance;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.1: the file as it is written.</summary>
public sealed class SyntaxConformanceTests
{
    [Fact]
    public void A_page_with_text_in_an_embedded_font_conforms()
        => Assert.Empty(PdfAConformance.Check(new ConformingPdf().ToArray()));

    [Theory]
    [InlineData("%PDF-1.7\n", "%PDF-2.0\n", "6.1.2")]
    [InlineData("%PDF-1.7\n%\u00C3", "%PDF-1.7\n%A", "6.1.2")]
    [InlineData("/ID [", "/IX [", "6.1.3")]
    [InlineData("%%EOF\n", "%%EOF\n\n", "6.1.3")]
    [InlineData("xref\n0 ", "xref 0 ", "6.1.4")]
    [InlineData("endobj\n4 0 obj", "endobj 4 0 obj", "6.1.9")]
    [InlineData("3 0 obj\n", "3 0 obj ", "6.1.9")]
    [InlineData("R >>\nendobj", "R >> endobj", "6.1.9")]
    [InlineData("/N 3 /Length", "/N 3 /F (x) /Length", "6.1.7", true)]
    [InlineData("/N 3 /Length ", "/N 3 /Length 1", "6.1.7", true)]
    [InlineData("stream\nBT", "stream\rBT", "6.1.7")]
    [InlineData(" f\nendstream", " fendstream ", "6.1.7", true)]
    [InlineData("/ItalicAngle 0", "/ItalicAngle 99999999999", "6.1.13", true)]
    [InlineData("/ItalicAngle 0", "/ItalicAngle 0.0000000000000000000000000000000000000000001", "6.1.13", true)]
    public void What_the_standard_forbids_in_writing_is_found(string right, string wrong, string clause, bool moves = false)
    {
        var pdf = Encoding.Latin1.GetString(new ConformingPdf().ToArray());
        Assert.Contains(right, pdf, StringComparison.Ordinal);
        var spoilt = Encoding.Latin1.GetBytes(pdf.Replace(right, wrong, StringComparison.Ordinal));
        if (right.Length != wrong.Length || moves)
        {
            spoilt = Rewritten(spoilt);
        }

        Assert.Contains(clause, ConformingPdf.Clauses(spoilt));
    }

    [Theory]
    [InlineData("/LZWDecode", "6.1.7")]
    [InlineData("/Fl", "6.1.7")]
    [InlineData("[/ASCIIHexDecode /Unknown]", "6.1.7")]
    public void A_filter_that_is_not_allowed_is_found_even_in_a_stream_that_nobody_uses(string filter, string clause)
        => Assert.Contains(clause, new ConformingPdf { Streams = [($"/Filter {filter}", [1, 2, 3])] }.Clauses());

    [Theory]
    [InlineData("<41424> Tj")]
    [InlineData("<414Z> Tj")]
    public void Hexadecimal_strings_that_are_none_are_found_in_content_too(string text)
        => Assert.Equal(["6.1.6"], new ConformingPdf { Content = $"BT 3 Tr /F1 9 Tf {text} ET", Font = ConformingPdf.PlainFont.Replace("/FirstChar 65 /LastChar 66 /Widths [600 700]", "/FirstChar 64 /LastChar 66 /Widths [500 600 700]", StringComparison.Ordinal) }.Clauses());

    [Fact]
    public void Long_strings_and_names_are_found()
    {
        Assert.Equal(["6.1.13"], new ConformingPdf { Objects = [$"({new string('x', 32768)})"] }.Clauses());
        Assert.Equal(["6.1.13"], new ConformingPdf { Objects = [$"/{new string('x', 128)}"] }.Clauses());
        Assert.Empty(new ConformingPdf { Objects = [$"[({new string('x', 32767)}) /{new string('x', 127)}]"] }.Clauses());
    }

    [Fact]
    public void An_encrypted_file_is_found()
    {
        using var tools = new PdfTools();
        var encrypted = tools.Rewrite(new ConformingPdf().ToArray(), "--encrypt", "", "owner", "256", "--");
        Assert.Contains("6.1.3", ConformingPdf.Clauses(encrypted));
    }

    [Theory]
    [InlineData("--object-streams=generate")]
    [InlineData("--linearize")]
    [InlineData("--object-streams=disable")]
    public void Files_with_streams_of_objects_and_linearized_ones_conform(string option)
    {
        using var tools = new PdfTools();
        Assert.Empty(PdfAConformance.Check(tools.Rewrite(new ConformingPdf().ToArray(), option, "--newline-before-endstream")));
    }

    [Fact]
    public void What_libqpdf_writes_by_itself_does_not_end_streams_as_it_should()
    {
        using var tools = new PdfTools();
        Assert.Equal(["6.1.7"], ConformingPdf.Clauses(tools.Rewrite(new ConformingPdf().ToArray(), "--object-streams=generate")));
    }

    [Theory]
    [InlineData("[0 0 200 2]")]
    [InlineData("[0 0 14401 200]")]
    public void Pages_that_are_too_small_or_too_large_are_found(string box)
        => Assert.Contains("6.1.13", new ConformingPdf { MediaBox = box }.Clauses());

    /// <summary>The same bytes with a cross-reference table that fits them.</summary>
    private static byte[] Rewritten(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var table = text.LastIndexOf("\nxref", StringComparison.Ordinal) + 1;
        var fixedTable = new StringBuilder(text);
        for (var (id, at) = (1, 0); ; id++)
        {
            at = text.IndexOf($"{(id == 1 ? "\n" : "")}{id} 0 obj", at, StringComparison.Ordinal);
            if (at < 0 || at >= table)
            {
                break;
            }

            at += id == 1 ? 1 : 0;
            var entry = text.IndexOf("65535 f", table, StringComparison.Ordinal) + 9 + ((id - 1) * 20);
            fixedTable.Remove(entry, 10).Insert(entry, at.ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture));
        }

        var start = text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        var end = text.IndexOf('\n', start);
        return Encoding.Latin1.GetBytes(fixedTable.Remove(start, end - start).Insert(start, table.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString());
    }
}
