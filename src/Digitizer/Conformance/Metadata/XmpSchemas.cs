using System.Xml.Linq;

namespace Digitizer.Conformance.Metadata;

/// <summary>What xmp-schemas.txt says: properties and structures that need no declaration.</summary>
internal static class XmpSchemas
{
    private static readonly Lazy<(Dictionary<XName, XmpType> Properties, Dictionary<string, XmpStructure> Structures)> All = new(Read);

    public static IReadOnlyDictionary<XName, XmpType> Properties => All.Value.Properties;

    public static IReadOnlyDictionary<string, XmpStructure> Structures => All.Value.Structures;

    private static (Dictionary<XName, XmpType> Properties, Dictionary<string, XmpStructure> Structures) Read()
    {
        var (properties, structures) = (new Dictionary<XName, XmpType>(), new Dictionary<string, XmpStructure>());
        Action<string, XmpType> add = (_, _) => { };
        using var reader = new StreamReader(typeof(XmpSchemas).Assembly.GetManifestResourceStream("xmp-schemas.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
            {
                continue;
            }

            if (words[0] == "schema")
            {
                add = (name, type) => properties[XName.Get(name, words[1])] = type;
            }
            else if (words[0] == "structure")
            {
                var fields = new Dictionary<string, XmpType>();
                structures[words[1]] = new XmpStructure(words[2], fields);
                add = (name, type) => fields[name] = type;
            }
            else
            {
                var choice = words[^1][0] == '=' ? words[^1][1..].Split('|') : [];
                add(words[0], new XmpType(string.Join(' ', words[1..(choice.Length > 0 ? ^1 : ^0)]), choice));
            }
        }

        return (properties, structures);
    }
}
