using System.Text.Json.Nodes;

namespace Digitizer.Tests.Deploy;

/// <summary>A document of a YAML file.</summary>
internal sealed record Manifest(string File, string Text)
{
    public JsonNode Node { get; } = YamlText.Read(Text) ?? throw new InvalidDataException($"{File} holds an empty document.");

    public string Kind => Word(Node["kind"]);

    public string Name => Word(Node["metadata"]?["name"]);

    public IEnumerable<JsonNode> Containers => Items("spec", "template", "spec", "containers");

    public override string ToString() => $"{File}: {Kind} {Name}";

    /// <summary>What stands at the end of a path, nothing if it is not there.</summary>
    public JsonNode? At(params string[] path) => path.Aggregate((JsonNode?)Node, (node, step) => node?[step]);

    /// <summary>The elements of a list at the end of a path.</summary>
    public IEnumerable<JsonNode> Items(params string[] path) => (At(path) as JsonArray ?? []).Select(item => item!);

    public static string Word(JsonNode? node) => node?.ToString() ?? "";

    /// <summary>True if each label of a selector is among the labels.</summary>
    public static bool Selects(JsonNode? selector, JsonNode? labels)
        => selector is JsonObject wanted && wanted.All(label => Word(labels?[label.Key]) == Word(label.Value));
}
