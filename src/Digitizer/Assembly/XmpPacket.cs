using System.Globalization;
using System.Security;
using System.Text;

namespace Digitizer.Assembly;

/// <summary>
/// The XMP packet (ISO 16684-1) of a PDF/A file: its conformance, and what the Info dictionary says,
/// in the same words (ISO 19005-1, 6.7.3).
/// </summary>
internal static class XmpPacket
{
    /// <summary>Namespace of our own property, the dossier code. It names; nothing is found there.</summary>
    public const string DossierNamespace = "urn:x-digitizer:dossier:1.0#";

    /// <param name="metadata">With texts that went through <see cref="Pages.Pdf.PdfSyntax.OneLine"/>.</param>
    public static byte[] Create(PdfMetadata metadata)
    {
        var xmp = new StringBuilder();
        xmp.Append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        xmp.Append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
        xmp.Append("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
        if (metadata.Conformance != PdfConformance.Pdf17)
        {
            Identification(xmp, metadata.Conformance);
        }

        Document(xmp, metadata);
        Tool(xmp, metadata);
        if (metadata.DossierCode is { } code)
        {
            DossierExtension(xmp);
            Description(xmp, $"xmlns:dossier=\"{DossierNamespace}\"", $"<dossier:code>{Escape(code)}</dossier:code>");
        }

        xmp.Append("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
        return Encoding.UTF8.GetBytes(xmp.ToString());
    }

    private static void Identification(StringBuilder xmp, PdfConformance conformance)
    {
        var (part, level) = conformance == PdfConformance.PdfA1b ? (1, "B") : (2, "U");
        Description(
            xmp,
            "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"",
            $"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>");
    }

    private static void Document(StringBuilder xmp, PdfMetadata metadata)
    {
        var title = Escape(metadata.Title);
        var language = metadata.Language.Split('-')[0];
        var properties = new StringBuilder()
            .Append("<dc:format>application/pdf</dc:format>")
            .Append("<dc:title><rdf:Alt>")
            .Append(CultureInfo.InvariantCulture, $"<rdf:li xml:lang=\"x-default\">{title}</rdf:li>")
            .Append(CultureInfo.InvariantCulture, $"<rdf:li xml:lang=\"{Escape(language)}\">{title}</rdf:li>")
            .Append("</rdf:Alt></dc:title>")
            .Append(CultureInfo.InvariantCulture, $"<dc:language><rdf:Bag><rdf:li>{Escape(metadata.Language)}</rdf:li></rdf:Bag></dc:language>");
        if (metadata.Author is { } author)
        {
            properties.Append(CultureInfo.InvariantCulture, $"<dc:creator><rdf:Seq><rdf:li>{Escape(author)}</rdf:li></rdf:Seq></dc:creator>");
        }

        Description(xmp, "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"", properties.ToString());
    }

    private static void Tool(StringBuilder xmp, PdfMetadata metadata)
    {
        var tool = Escape(metadata.CreatorTool);
        var dates = metadata.Date is { } date
            ? string.Create(CultureInfo.InvariantCulture, $"<xmp:CreateDate>{date:yyyy-MM-ddTHH:mm:sszzz}</xmp:CreateDate><xmp:ModifyDate>{date:yyyy-MM-ddTHH:mm:sszzz}</xmp:ModifyDate>")
            : "";
        Description(xmp, "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"", $"<xmp:CreatorTool>{tool}</xmp:CreatorTool>{dates}");
        Description(xmp, "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"", $"<pdf:Producer>{tool}</pdf:Producer>");
    }

    // A property outside the schemas that PDF/A knows must be declared in the packet (ISO 19005-2, 6.6.2.3.3).
    private static void DossierExtension(StringBuilder xmp) => Description(
        xmp,
        "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"",
        $"""
        <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>Dossier of a public administrative procedure</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>{DossierNamespace}</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>dossier</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>code</pdfaProperty:name>
        <pdfaProperty:valueType>Text</pdfaProperty:valueType>
        <pdfaProperty:category>external</pdfaProperty:category>
        <pdfaProperty:description>Code of the dossier that the document belongs to</pdfaProperty:description>
        </rdf:li></rdf:Seq></pdfaSchema:property>
        </rdf:li></rdf:Bag></pdfaExtension:schemas>
        """);

    private static void Description(StringBuilder xmp, string namespaces, string properties)
        => xmp.Append(CultureInfo.InvariantCulture, $"<rdf:Description rdf:about=\"\" {namespaces}>{properties}</rdf:Description>\n");

    private static string Escape(string text) => SecurityElement.Escape(text);
}
