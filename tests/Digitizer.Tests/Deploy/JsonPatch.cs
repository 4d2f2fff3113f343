using System.Globalization;
using System.Text.Json.Nodes;

namespace Digitizer.Tests.Deploy;

/// <summary>The operations of RFC 6902 that our patches use; a path that is not there is an error, as kustomize has it.</summary>
internal static class JsonPatch
{
    public static void Apply(JsonNode document, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            var steps = Manifest.Word(operation!["path"]).Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
            var parent = steps.SkipLast(1).Aggregate(document, (node, step) => Child(node, step) ?? throw new InvalidDataException($"{operation["path"]} is not there."));
            Apply(Manifest.Word(operation["op"]), parent, steps[^1], operation["value"]?.DeepClone());
        }
    }

    private static void Apply(string operation, JsonNode parent, string last, JsonNode? value)
    {
        switch (operation, parent)
        {
            case ("add", JsonArray list) when last == "-":
                list.Add(value);
                break;
            case ("add", JsonObject section):
                section[last] = value;
                break;
            case ("replace", JsonObject section) when section.ContainsKey(last):
                section[last] = value;
                break;
            case ("remove", JsonObject section) when section.Remove(last):
                break;
            default:
                throw new InvalidDataException($"{operation} {last} cannot be done.");
        }
    }

    private static JsonNode? Child(JsonNode node, string step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : node[step];
}
