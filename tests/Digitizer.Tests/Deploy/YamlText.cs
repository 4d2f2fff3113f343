using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Digitizer.Tests.Deploy;

/// <summary>Reads YAML as JSON: anchors and merge keys resolved, unquoted words typed as YAML 1.2 has it.</summary>
internal static class YamlText
{
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return ToJson(stream.Documents.Single().RootNode);
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => ToObject(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Typed(plain.Value!),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => throw new InvalidDataException($"{node.NodeType} is not understood."),
    };

    private static JsonObject ToObject(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Children.OrderByDescending(child => IsMerge(child.Key)))
        {
            foreach (var (name, node) in IsMerge(key) ? ToObject((YamlMappingNode)value).ToList() : [new(((YamlScalarNode)key).Value!, ToJson(value))])
            {
                result[name] = node?.DeepClone();
            }
        }

        return result;
    }

    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

    private static JsonValue? Typed(string word) => word switch
    {
        "" or "~" or "null" => null,
        "true" or "false" => JsonValue.Create(word == "true"),
        _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(word),
    };
}
