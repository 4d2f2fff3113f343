using System.Text;
using Digitizer.Assembly;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.6.</summary>
public sealed class MetadataConformanceTests
{
    private static readonly string Plain = new ConformingPdf().Xmp;

    private static readonly string Extended = Encoding.UTF8.GetString(XmpPacket.Create(new PdfMetadata
    {
        Title = "Thử", CreatorTool = "Digitizer", Author = "UBND xã", DossierCode = "H29", Date = new DateTimeOffset(2024, 9, 17, 8, 5, 9, TimeSpan.FromHours(7)),
    }));

    [Fact]
    public void A_packet_with_a_declared_property_conforms() => Assert.Empty(new ConformingPdf { Xmp = Extended }.Clauses());

    [Theory]
    [InlineData("<pdfaid:part>2", "<pdfaid:part>3", "6.6.4")]
    [InlineData("<pdfaid:conformance>U", "<pdfaid:conformance>B", "6.6.4")]
    [InlineData("pdfaid", "pdfid", "6.6.4")]
    [InlineData("http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfa/ns/xx/", "6.6.4")]
    [InlineData("</rdf:RDF>", "", "6.6.2.1")]
    [InlineData("rdf-syntax-ns#", "rdf-syntax-xx#", "6.6.2.1")]
    [InlineData("<?xpacket begin=", "<?xpacket bytes='9' begin=", "6.6.2.1")]
    [InlineData("<?xpacket begin=", "<?xpacket encoding='UTF-8' begin=", "6.6.2.1")]
    [InlineData("<dc:format>application/pdf</dc:format>", "<dc:format>application/pdf</dc:format><dc:format>application/pdf</dc:format>", "6.6.2.1")]
    [InlineData("<dc:format>", "<dc:format rdf:parseType='Literal'>", "6.6.2.1")]
    [InlineData("pdf:Producer", "pdf:Trapped", "6.6.2.3")]
    [InlineData("application/pdf", "a pdf", "6.6.2.3")]
    [InlineData("<dc:title><rdf:Alt>", "<dc:title><rdf:Seq>", "6.6.2.3")]
    [InlineData("<rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag>", "vi-VN", "6.6.2.3")]
    [InlineData("2024-09-17T", "17.9.2024 ", "6.6.2.3")]
    [InlineData("<pdfaProperty:name>code", "<pdfaProperty:name>other", "6.6.2.3")]
    [InlineData("<pdfaProperty:valueType>Text", "<pdfaProperty:valueType>Texts", "6.6.2.3")]
    [InlineData("<pdfaProperty:valueType>Text", "<pdfaProperty:valueType>Integer", "6.6.2.3")]
    [InlineData("<pdfaProperty:category>external", "<pdfaProperty:category>outside", "6.6.2.3")]
    [InlineData("<pdfaSchema:prefix>dossier</pdfaSchema:prefix>", "", "6.6.2.3")]
    [InlineData("<pdfaSchema:prefix>dossier</pdfaSchema:prefix>", "<pdfaSchema:prefix>dossier</pdfaSchema:prefix><pdfaSchema:more>x</pdfaSchema:more>", "6.6.2.3")]
    [InlineData("pdfaSchema", "schema", "6.6.2.3")]
    [InlineData("pdfaExtension:", "extension:", "6.6.2.3")]
    public void A_packet_that_does_not_conform_is_found(string right, string wrong, string clause)
    {
        Assert.Contains(right, Extended, StringComparison.Ordinal);
        var spoilt = Extended.Replace(right, wrong, StringComparison.Ordinal);
        spoilt = wrong is "<dc:title><rdf:Seq>" ? spoilt.Replace("</rdf:Alt></dc:title>", "</rdf:Seq></dc:title>", StringComparison.Ordinal) : spoilt;
        spoilt = wrong is "extension:" ? spoilt.Replace("xmlns:pdfaExtension=", "xmlns:extension=", StringComparison.Ordinal) : spoilt;
        spoilt = wrong is "schema" ? spoilt.Replace("schemaProperty", "pdfaProperty", StringComparison.Ordinal) : spoilt;
        Assert.Contains(clause, new ConformingPdf { Xmp = spoilt }.Clauses());
    }

    [Theory]
    [InlineData("/Type /Metadata")]
    [InlineData("/Subtype /XML")]
    public void Metadata_that_do_not_say_what_they_are_are_found(string entries)
        => Assert.Equal(["6.6.2.1"], new ConformingPdf { XmpEntries = entries }.Clauses());

    [Fact]
    public void Metadata_of_a_part_are_looked_at_too()
    {
        Assert.Empty(With(Plain).Clauses());
        Assert.Equal(["6.6.2.3"], With(Plain.Replace("pdf:Producer", "pdf:Trapped", StringComparison.Ordinal)).Clauses());

        static ConformingPdf With(string packet) => new() { Streams = [("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(packet))] };
    }

    [Fact]
    public void Properties_as_attributes_and_structures_conform()
        => Assert.Empty(new ConformingPdf { Xmp = Plain.Replace("<rdf:Description rdf:about=\"\" xmlns:pdf=", "<rdf:Description rdf:about=\"\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:stRef=\"http://ns.adobe.com/xap/1.0/sType/ResourceRef#\" xmpMM:DocumentID=\"uuid:1\"><xmpMM:DerivedFrom stRef:documentID=\"uuid:2\" stRef:instanceID=\"uuid:3\"/></rdf:Description><rdf:Description rdf:about=\"\" xmlns:pdf=", StringComparison.Ordinal) }.Clauses());

    [Theory]
    [InlineData("/Title (Th\u1EED)", "")]
    [InlineData("/Title (Other)", "6.6.3")]
    [InlineData("/Producer (Digitizer) /CreationDate (D:20240917010509Z)", "")]
    [InlineData("/CreationDate (D:20240917080509+07'00')", "")]
    [InlineData("/CreationDate (D:20240917080509+06'00')", "6.6.3")]
    public void Info_and_metadata_say_the_same(string info, string clause)
    {
        var entries = info.Replace("(Th\u1EED)", "<FEFF005400681EED>", StringComparison.Ordinal);
        var pdf = new ConformingPdf { Xmp = Extended, Objects = [$"<< {entries} >>"] };
        Assert.Equal(clause.Length == 0 ? [] : [clause], (pdf with { Trailer = pdf.Trailer + " /Info {o0}" }).Clauses());
    }

    [Fact]
    public void Entities_are_not_followed()
        => Assert.Equal(["6.6.2.1", "6.6.4"], new ConformingPdf { Xmp = "<!DOCTYPE x [<!ENTITY a SYSTEM \"/etc/hostname\">]>" + Plain[Plain.IndexOf("<x:", StringComparison.Ordinal)..] }.Clauses());
}
