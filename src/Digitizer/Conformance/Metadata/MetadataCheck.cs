using System.Xml.Linq;
using Digitizer.Native;

namespace Digitizer.Conformance.Metadata;

/// <summary>Metadata of the document and of its parts (ISO 19005-2, 6.6).</summary>
internal sealed class MetadataCheck(Checking checking)
{
    private const string Main = "the metadata of the document";
    private static readonly XNamespace Identification = "http://www.aiim.org/pdfa/ns/id/";
    private readonly List<(int Id, int Generation, string Where)> others = [];

    /// <summary>Takes note of a stream if it is metadata.</summary>
    public void Note(QpdfObject stream, string where)
    {
        if (stream["Type"].Name == "Metadata" && stream["Subtype"].Name == "XML")
        {
            others.Add((stream.Id, stream.Generation, where));
        }
    }

    public void Check()
    {
        var main = checking.File.Root["Metadata"];
        var isThere = main.IsStream && main["Type"].Name == "Metadata" && main["Subtype"].Name == "XML";
        checking.Findings.Require(isThere, "6.6.2.1", "the document has no metadata", "the catalog");
        var declared = new XmpExtensions(checking.Findings, Main);
        if (isThere)
        {
            checking.Findings.Guard("6.6.2.1", Main, () => Document(main, declared));
        }

        foreach (var (id, generation, where) in others.Where(other => other.Id != main.Id))
        {
            checking.Findings.Guard("6.6.2.1", where, () =>
            {
                var packet = XmpPacketReader.Read(checking.Unpack(checking.File.Object(id, generation)), checking.Findings, where);
                var own = new XmpExtensions(checking.Findings, where);
                own.Read(packet);
                Properties(packet, [own, declared], where);
            });
        }
    }

    private void Document(QpdfObject main, XmpExtensions declared)
    {
        var packet = XmpPacketReader.Read(checking.Unpack(main), checking.Findings, Main);
        Identify(packet);
        declared.Read(packet);
        Properties(packet, [declared], Main);
        InfoCheck.Check(checking, packet);
    }

    private void Identify(IReadOnlyList<XmpProperty> packet)
    {
        var own = packet.Where(p => p.Name.Namespace == Identification).ToList();
        var (part, level) = (Text(own, "part"), Text(own, "conformance"));
        checking.Findings.Require(own.Count > 0, "6.6.4", "the metadata do not say that the file is PDF/A", Main);
        checking.Findings.Require(own.Count == 0 || (part == "2" && level is "U" or "A"), "6.6.4", "the metadata say another part or level than PDF/A-2u", Main);
        checking.Findings.Require(own.All(p => p.Prefix == "pdfaid"), "6.6.4", "the PDF/A identification has another prefix than pdfaid", Main);
    }

    private static string? Text(List<XmpProperty> own, string name) => own.Find(p => p.Name.LocalName == name)?.Value.Text;

    private void Properties(IReadOnlyList<XmpProperty> packet, IReadOnlyList<XmpExtensions> declared, string where)
    {
        foreach (var property in packet.Where(p => !XmpExtensions.IsContainer(p)))
        {
            var source = declared.FirstOrDefault(d => d.Properties.ContainsKey(property.Name));
            var type = XmpSchemas.Properties.GetValueOrDefault(property.Name) ?? source?.Properties[property.Name];
            if (type is null)
            {
                checking.Findings.Add("6.6.2.3", $"a property is neither predefined nor declared: {Short(property)}", where);
            }
            else
            {
                checking.Findings.Require((source ?? declared[0]).Types.Fits(property.Value, type), "6.6.2.3", $"a property has a value of another type than it should: {Short(property)}", where);
            }
        }
    }

    private static string Short(XmpProperty property)
    {
        var name = $"{property.Prefix}:{property.Name.LocalName}";
        return name.Length <= 60 ? name : name[..60];
    }
}
