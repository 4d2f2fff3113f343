using System.Text.RegularExpressions;

namespace Digitizer.Conformance.Metadata;

/// <summary>A type of XMP values: <c>text</c>, <c>seq date</c>, <c>bag job</c>; see xmp-schemas.txt.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="Choice">Values it is restricted to; empty for any.</param>
internal sealed record XmpType(string Name, IReadOnlyList<string> Choice);

/// <summary>Whether values are of their types (XMP Specification, September 2005, chapter 4).</summary>
/// <param name="structures">Fields of structures by the name of their type.</param>
internal sealed partial class XmpTypes(IReadOnlyDictionary<string, XmpStructure> structures)
{
    private static readonly HashSet<string> Texts =
        ["text", "uri", "url", "xpath", "propername", "agentname", "renditionclass", "locale", "gpscoordinate", "guid"];

    /// <summary>The name without what does not matter: "Closed Choice of Text" is "text".</summary>
    public static string Plain(string name)
    {
        var plain = Choice().Replace(Blanks().Replace(name.Trim().ToLowerInvariant(), " "), "");
        return plain == "lang alt" ? "langalt" : plain;
    }

    public bool Knows(string plain)
        => plain is "langalt" or "integer" or "real" or "boolean" or "date" or "rational" or "mimetype" or "any" or "..."
            || Texts.Contains(plain) || structures.ContainsKey(plain) || (Container(plain) is { } part && (part.Item.Length == 0 || Knows(part.Item)));

    public bool Fits(XmpNode value, XmpType type)
    {
        if (Container(type.Name) is { } part)
        {
            return value.Kind == part.Kind && value.Items.All(item => Fits(item, new XmpType(part.Item.Length == 0 ? "text" : part.Item, [])));
        }

        if (structures.TryGetValue(type.Name, out var structure))
        {
            return value.Kind == XmpKind.Structure && value.Fields.All(field => structure.Has(field, this));
        }

        return type.Name switch
        {
            "langalt" => value.Kind == XmpKind.Alt && value.Items.All(item => item is { Kind: XmpKind.Simple, Language: not null }),
            "..." => value.Kind == XmpKind.Structure,
            "any" => true,
            _ => value.Kind == XmpKind.Simple && IsSimple(value.Text, type),
        };
    }

    private static bool IsSimple(string text, XmpType type)
    {
        var isRight = type.Name switch
        {
            "integer" => Integer().IsMatch(text),
            "real" => Real().IsMatch(text),
            "boolean" => text is "True" or "False" or "true" or "false",
            "date" => Date().IsMatch(text),
            "rational" => Rational().IsMatch(text),
            "mimetype" => Mime().IsMatch(text),
            _ => true,
        };
        return isRight && (type.Choice.Count == 0 || type.Choice.Contains(text));
    }

    private static (XmpKind Kind, string Item)? Container(string name)
    {
        var parts = name.Split(' ', 2);
        var item = parts.Length > 1 ? parts[1] : "";
        return parts[0] switch
        {
            "bag" => (XmpKind.Bag, item),
            "seq" => (XmpKind.Seq, item),
            "alt" => (XmpKind.Alt, item),
            _ => null,
        };
    }

    [GeneratedRegex(@"\b(open |closed )?choice( of)? ?")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^[+-]?\d+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[+-]?(\d+\.?\d*|\.\d+)$")]
    private static partial Regex Real();

    [GeneratedRegex(@"^\d+/\d+$")]
    private static partial Regex Rational();

    [GeneratedRegex(@"^[-\w.+]+/[-\w.+]+$")]
    private static partial Regex Mime();

    // The profile of ISO 8601 that XMP names; no time zone is the local one.
    [GeneratedRegex(@"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$")]
    private static partial Regex Date();
}

/// <summary>A structured type: its fields in their namespace.</summary>
internal sealed record XmpStructure(string Namespace, IReadOnlyDictionary<string, XmpType> Fields)
{
    public bool Has(XmpProperty field, XmpTypes types)
        => field.Name.NamespaceName == Namespace && Fields.TryGetValue(field.Name.LocalName, out var type) && types.Fits(field.Value, type);
}
