using System.Xml.Linq;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Metadata;

internal enum XmpKind
{
    Simple,
    Bag,
    Seq,
    Alt,
    Structure,
}

/// <summary>A value of XMP as RDF writes it (ISO 16684-1, 7).</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Of a simple value.</param>
/// <param name="Items">Of an array.</param>
/// <param name="Fields">Of a structure.</param>
/// <param name="Language">Its <c>xml:lang</c>.</param>
internal sealed record XmpNode(XmpKind Kind, string Text, IReadOnlyList<XmpNode> Items, IReadOnlyList<XmpProperty> Fields, string? Language)
{
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int MostLevels = 32;

    /// <summary>The value of a property element.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public static XmpNode Of(XElement property, int depth = 0)
    {
        if (depth > MostLevels)
        {
            throw PdfRefusal.TooComplex("has metadata of more levels than are read");
        }

        var language = property.Attribute(XNamespace.Xml + "lang")?.Value;
        var kind = property.Attribute(Rdf + "parseType")?.Value;
        if (kind is not null)
        {
            return kind == "Resource" ? Structure(property, language, depth) : throw PdfRefusal.Damaged("metadata have a value of a kind that XMP does not have");
        }

        var children = property.Elements().ToList();
        if (children.Count == 0)
        {
            var isStructure = Attributes(property).Any();
            return isStructure ? Structure(property, language, depth) : Simple(property.Attribute(Rdf + "resource")?.Value ?? property.Value, language);
        }

        if (children.Count > 1)
        {
            throw PdfRefusal.Damaged("metadata have a property with more than one value");
        }

        var value = children[0];
        if (value.Name == Rdf + "Bag" || value.Name == Rdf + "Seq" || value.Name == Rdf + "Alt")
        {
            var items = value.Elements().Select(item => item.Name == Rdf + "li" ? Of(item, depth + 1) : throw PdfRefusal.Damaged("metadata have a list with what is no item"));
            return new XmpNode(Enum.Parse<XmpKind>(value.Name.LocalName), "", [.. items], [], language);
        }

        return value.Element(Rdf + "value") is { } only ? Of(only, depth + 1) with { Language = language } : Structure(value, language, depth);
    }

    /// <summary>Attributes and elements of a description, as properties.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public static IEnumerable<XmpProperty> Properties(XElement description, int depth)
        => Attributes(description).Select(a => new XmpProperty(a.Name, description.GetPrefixOfNamespace(a.Name.Namespace), Simple(a.Value, null)))
            .Concat(description.Elements().Select(e => new XmpProperty(e.Name, e.GetPrefixOfNamespace(e.Name.Namespace), Of(e, depth + 1))));

    private static XmpNode Simple(string text, string? language) => new(XmpKind.Simple, text, [], [], language);

    private static XmpNode Structure(XElement holder, string? language, int depth) => new(XmpKind.Structure, "", [], [.. Properties(holder, depth)], language);

    private static IEnumerable<XAttribute> Attributes(XElement element)
        => element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != Rdf && a.Name.Namespace != XNamespace.Xml && a.Name.Namespace != XNamespace.None);
}

/// <summary>A property or field.</summary>
/// <param name="Name">With its namespace.</param>
/// <param name="Prefix">As written.</param>
/// <param name="Value">Its value.</param>
internal sealed record XmpProperty(XName Name, string? Prefix, XmpNode Value);
