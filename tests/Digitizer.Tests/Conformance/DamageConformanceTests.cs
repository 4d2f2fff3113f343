using Digitizer.Conformance;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Conformance;

/// <summary>Whatever the bytes are, the check ends with findings.</summary>
public sealed class DamageConformanceTests
{
    [Fact]
    public void What_is_no_pdf_does_not_conform()
    {
        Assert.NotEmpty(PdfAConformance.Check([]));
        Assert.NotEmpty(PdfAConformance.Check([.. Enumerable.Repeat((byte)'%', 5000)]));
        Assert.NotEmpty(PdfAConformance.Check("%PDF-1.7\n%\u00E2\u00E3\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n16\n%%EOF"u8.ToArray()));
    }

    [Fact]
    public void A_cut_file_does_not_conform_wherever_it_is_cut()
    {
        var pdf = new ConformingPdf().ToArray();
        for (var length = 0; length < pdf.Length - 1; length += 37)
        {
            Assert.NotEmpty(PdfAConformance.Check(pdf[..length]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_that_changed_do_no_more_than_raise_findings(int seed)
    {
        using var tools = new PdfTools();
        var random = new Random(seed);
        byte[][] files =
        [
            new ConformingPdf().ToArray(),
            new ConformingPdf { Program = TestFonts.Compact(), ProgramEntries = "/Subtype /Type1C", Font = ConformingPdf.PlainFont.Replace("TrueType", "Type1", StringComparison.Ordinal), Descriptor = new ConformingPdf().Descriptor.Replace("FontFile2", "FontFile3", StringComparison.Ordinal) }.ToArray(),
            new ConformingPdf { Program = TestFonts.Type1(), Font = ConformingPdf.PlainFont.Replace("TrueType", "Type1", StringComparison.Ordinal), Descriptor = new ConformingPdf().Descriptor.Replace("FontFile2", "FontFile", StringComparison.Ordinal) }.ToArray(),
            File.ReadAllBytes(TestPages.Write(tools, [TestPages.Blank(100, 100, 72, TestPages.Line(10, 22, ("Nguyễn", 5, 40)))])),
        ];
        foreach (var file in files)
        {
            for (var round = 0; round < 100; round++)
            {
                var spoilt = (byte[])file.Clone();
                for (var i = random.Next(1, 9); i > 0; i--)
                {
                    spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                }

                PdfAConformance.Check(spoilt);
            }
        }
    }

    [Theory]
    [InlineData("/Filter [/ASCII85Decode /Crypt]")]
    [InlineData("/Filter /FlateDecode")]
    [InlineData("/F (x)")]
    public void Metadata_that_cannot_be_unpacked_are_a_finding(string entries)
        => Assert.Contains("6.6.2.1", new ConformingPdf { XmpEntries = $"/Type /Metadata /Subtype /XML {entries}" }.Clauses());

    [Fact]
    public void Values_nested_without_end_are_a_finding()
        => Assert.NotEmpty(new ConformingPdf { Content = new string('[', 100_000) }.Clauses());

    [Fact]
    public void Metadata_nested_without_end_are_a_finding()
        => Assert.Contains("6.6.2.1", new ConformingPdf { Xmp = string.Concat(Enumerable.Repeat("<a>", 100_000)) }.Clauses());
}
