using System.Xml;
using System.Xml.Linq;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Metadata;

/// <summary>Reads an XMP packet (ISO 16684-1; ISO 19005-2, 6.6.2.1).</summary>
internal static class XmpPacketReader
{
    private const int MostCharacters = 8 << 20;
    private const int MostLevels = 64;

    /// <summary>Its properties; what is wrong with the packet itself is noted.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public static IReadOnlyList<XmpProperty> Read(byte[] packet, Findings findings, string where)
    {
        if (Parse(packet) is not { } document)
        {
            findings.Add("6.6.2.1", "the metadata are no well-formed XML", where);
            return [];
        }

        foreach (var header in document.DescendantNodes().OfType<XProcessingInstruction>().Where(i => i.Target == "xpacket"))
        {
            findings.Require(!Has(header, "bytes") && !Has(header, "encoding"), "6.6.2.1", "the header of the metadata has an attribute bytes or encoding", where);
        }

        var root = document.Root!;
        var rdf = root.Name == XmpNode.Rdf + "RDF" ? root : root.Elements(XmpNode.Rdf + "RDF").FirstOrDefault();
        if (rdf is null)
        {
            findings.Add("6.6.2.1", "the metadata hold no RDF", where);
            return [];
        }

        var descriptions = rdf.Elements().ToList();
        findings.Require(descriptions.All(d => d.Name == XmpNode.Rdf + "Description"), "6.6.2.1", "the metadata describe nothing", where);
        var subjects = descriptions.Select(d => d.Attribute(XmpNode.Rdf + "about")?.Value ?? "").Where(about => about.Length > 0).Distinct();
        findings.Require(subjects.Count() <= 1, "6.6.2.1", "the metadata describe more than one thing", where);
        List<XmpProperty> properties = [.. descriptions.SelectMany(d => XmpNode.Properties(d, 0))];
        findings.Require(properties.Select(p => p.Name).Distinct().Count() == properties.Count, "6.6.2.1", "the metadata say a property twice", where);
        return properties;
    }

    private static XDocument? Parse(byte[] packet)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters };
        try
        {
            using (var levels = XmlReader.Create(new MemoryStream(packet, writable: false), settings))
            {
                CheckLevels(levels);
            }

            using var reader = XmlReader.Create(new MemoryStream(packet, writable: false), settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // A tree of elements must not be built before it is known how deep it is: time grows with the square of its depth.
    private static void CheckLevels(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.Depth > MostLevels)
            {
                throw PdfRefusal.TooComplex($"has metadata of more than {MostLevels} levels");
            }
        }
    }

    private static bool Has(XProcessingInstruction header, string attribute)
        => header.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(word => word.StartsWith(attribute + "=", StringComparison.Ordinal));
}
