using System.Xml.Linq;

namespace Digitizer.Conformance.Metadata;

/// <summary>Schemas that a packet declares itself (ISO 19005-2, 6.6.2.3).</summary>
internal sealed class XmpExtensions(Findings findings, string where)
{
    private const string Clause = "6.6.2.3";
    private static readonly XNamespace Extension = "http://www.aiim.org/pdfa/ns/extension/";
    private static readonly XNamespace Schema = "http://www.aiim.org/pdfa/ns/schema#";
    private static readonly XNamespace Property = "http://www.aiim.org/pdfa/ns/property#";
    private static readonly XNamespace Type = "http://www.aiim.org/pdfa/ns/type#";
    private static readonly XNamespace Field = "http://www.aiim.org/pdfa/ns/field#";
    private readonly Dictionary<XName, XmpType> properties = [];
    private readonly Dictionary<string, XmpStructure> structures = new(XmpSchemas.Structures);

    /// <summary>The properties declared.</summary>
    public IReadOnlyDictionary<XName, XmpType> Properties => properties;

    /// <summary>All structures, declared and predefined.</summary>
    public XmpTypes Types => new(structures);

    /// <summary>True for the container itself.</summary>
    public static bool IsContainer(XmpProperty property) => property.Name == Extension + "schemas";

    public void Read(IReadOnlyList<XmpProperty> packet)
    {
        foreach (var container in packet.Where(IsContainer))
        {
            var isBag = container.Value.Kind == XmpKind.Bag && container.Prefix == "pdfaExtension";
            findings.Require(isBag, Clause, "the declarations of properties are not in a bag pdfaExtension:schemas", where);
            foreach (var schema in container.Value.Items)
            {
                ReadSchema(schema);
            }
        }
    }

    private void ReadSchema(XmpNode schema)
    {
        Only(schema, Schema, "pdfaSchema", "schema", "namespaceURI", "prefix", "property", "valueType");
        var (title, space, prefix) = (Text(schema, Schema + "schema"), Text(schema, Schema + "namespaceURI"), Text(schema, Schema + "prefix"));
        findings.Require(title is not null && space is not null && prefix is not null, Clause, "a declared schema lacks its name, namespace or prefix", where);
        foreach (var type in List(schema, Schema + "valueType"))
        {
            ReadType(type);
        }

        foreach (var property in List(schema, Schema + "property"))
        {
            ReadProperty(property, space);
        }
    }

    private void ReadType(XmpNode type)
    {
        Only(type, Type, "pdfaType", "type", "namespaceURI", "prefix", "description", "field");
        var (name, space) = (Text(type, Type + "type"), Text(type, Type + "namespaceURI"));
        var isWhole = name is not null && space is not null && Text(type, Type + "prefix") is not null && Text(type, Type + "description") is not null;
        findings.Require(isWhole, Clause, "a declared type lacks its name, namespace, prefix or description", where);
        var fields = new Dictionary<string, XmpType>();
        if (name is not null && space is not null)
        {
            structures[XmpTypes.Plain(name)] = new XmpStructure(space, fields);
        }

        foreach (var field in List(type, Type + "field"))
        {
            Only(field, Field, "pdfaField", "name", "valueType", "description");
            Declare(Text(field, Field + "name"), Text(field, Field + "valueType"), Text(field, Field + "description"), (key, its) => fields[key] = its);
        }
    }

    private void ReadProperty(XmpNode property, string? space)
    {
        Only(property, Property, "pdfaProperty", "name", "valueType", "category", "description");
        findings.Require(Text(property, Property + "category") is "external" or "internal", Clause, "a declared property is neither internal nor external", where);
        Declare(Text(property, Property + "name"), Text(property, Property + "valueType"), Text(property, Property + "description"), (name, type) =>
        {
            if (space is not null && IsName(name))
            {
                properties[XName.Get(name, space)] = type;
            }
        });
    }

    private void Declare(string? name, string? type, string? description, Action<string, XmpType> add)
    {
        findings.Require(name is not null && type is not null && description is not null, Clause, "a declaration lacks its name, type or description", where);
        if (name is not null && type is not null)
        {
            var plain = XmpTypes.Plain(type);
            findings.Require(Types.Knows(plain), Clause, "a declaration has a type that does not exist", where);
            add(name, new XmpType(plain, []));
        }
    }

    private void Only(XmpNode node, XNamespace space, string prefix, params string[] names)
    {
        var isRight = node.Kind == XmpKind.Structure && node.Fields.All(f => f.Name.Namespace == space && names.Contains(f.Name.LocalName) && f.Prefix == prefix);
        findings.Require(isRight, Clause, $"a declaration has fields that {prefix} does not have, or another prefix", where);
    }

    private static string? Text(XmpNode node, XName name) => node.Fields.FirstOrDefault(f => f.Name == name)?.Value is { Kind: XmpKind.Simple } value ? value.Text : null;

    private IReadOnlyList<XmpNode> List(XmpNode node, XName name)
    {
        var value = node.Fields.FirstOrDefault(f => f.Name == name)?.Value;
        findings.Require(value is null or { Kind: XmpKind.Seq }, Clause, "declarations are not in a sequence", where);
        return value?.Items ?? [];
    }

    private static bool IsName(string name)
    {
        try
        {
            return System.Xml.XmlConvert.VerifyNCName(name) == name;
        }
        catch (Exception e) when (e is System.Xml.XmlException or ArgumentException)
        {
            return false;
        }
    }
}
