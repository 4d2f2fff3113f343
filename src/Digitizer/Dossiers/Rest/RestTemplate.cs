using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Digitizer.Dossiers.Rest;

/// <summary>Texts with placeholders in braces.</summary>
/// <remarks>
/// Known: <c>dossier document revision key name supersedes decided session</c>, <c>decided:FORMAT</c> (.NET date format, Vietnam time), and for
/// each kind of file (pdf, txt, json) <c>KIND.name KIND.sha256 KIND.bytes KIND.id KIND.hash KIND.link</c>. Logins know <c>user secret</c>.
/// </remarks>
internal static partial class RestTemplate
{
    /// <summary>Fills a path: values are escaped, so that none can leave its place in the path.</summary>
    public static string Path(string template, Func<string, string?> value)
        => Fill(template, name => Uri.EscapeDataString(Known(name, value)));

    /// <summary>Fills a header's value.</summary>
    public static string Header(string template, Func<string, string?> value) => Fill(template, name => Known(name, value));

    /// <summary>Fills a body: only strings inside its structure are touched.</summary>
    public static JsonNode Body(string template, Func<string, string?> value) => FillNode(JsonNode.Parse(template)!, value);

    /// <summary>Placeholders of a text.</summary>
    public static IEnumerable<string> Names(string template) => Placeholder().Matches(template).Select(m => m.Groups[1].Value);

    private static string Known(string name, Func<string, string?> value)
        => value(name) ?? throw new InvalidOperationException($"No placeholder is called {name}.");

    private static string Fill(string template, Func<string, string> value) => Placeholder().Replace(template, m => value(m.Groups[1].Value));

    private static JsonNode FillNode(JsonNode node, Func<string, string?> value)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, f.Value is null ? null : FillNode(f.Value, value))!));
            case JsonArray items:
                return new JsonArray([.. items.Select(i => i is null ? null : FillNode(i, value))]);
            default:
                return node.GetValueKind() == JsonValueKind.String ? JsonValue.Create(Header(node.GetValue<string>(), value)) : node.DeepClone();
        }
    }

    // A brace of JSON's own is never followed by a small letter and closed again within one string.
    [GeneratedRegex(@"\{([a-z]+(?:\.[a-z0-9]+)?(?::[^{}]+)?)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}

/// <summary>Finds values in replies by paths such as <c>data.items[0].id</c>.</summary>
internal static class JsonPath
{
    /// <summary>The value as text, or null if it is not there, or no single value.</summary>
    public static string? Text(JsonNode? root, string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        var node = root;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node, step) switch
            {
                (JsonArray items, ['[', .. var number, ']']) when int.TryParse(number, out var at) && at >= 0 && at < items.Count => items[at],
                (JsonObject fields, _) => fields[step],
                _ => null,
            };
        }

        return node is JsonValue value ? value.ToString() : null;
    }

    /// <summary>True if it is a path.</summary>
    public static bool IsValid(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '[' or ']');
}
