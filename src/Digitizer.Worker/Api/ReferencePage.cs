using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Digitizer.Worker.Api;

/// <summary>Writes the API's description as one page of HTML, without scripts.</summary>
internal sealed partial class ReferencePage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Start = """
        <section id="start"><h2>Three steps</h2>
        <ol>
        <li><p>Get a key from the administrator, who types <code>digitizer keys add --state DIR --name NAME</code>.</p>
        <pre tabindex="0">SERVER=http://127.0.0.1:8481
        KEY=dgz_…</pre></li>
        <li><p>Send a scan. Make an Idempotency-Key for it once; if no answer comes, send the same again with the same key: it stays one submission.</p>
        <pre tabindex="0">ONCE=$(cat /proc/sys/kernel/random/uuid)
        curl -H "Authorization: Bearer $KEY" -H "Idempotency-Key: $ONCE" \
             -F dossier=000.00.01.H29-260310-0420 -F file=@scan.jpg \
             "$SERVER/v1/submissions"</pre></li>
        <li><p>Wait with the <code>id</code> of the answer; ask again as long as its <code>state</code> is accepted or working. Then fetch its documents, by the <code>id</code> of each in <code>units[].documents[]</code>.</p>
        <pre tabindex="0">curl -H "Authorization: Bearer $KEY" "$SERVER/v1/submissions/$ID?wait=60"
        curl -H "Authorization: Bearer $KEY" -o scan.pdf "$SERVER/v1/documents/$DOCUMENT/pdf"</pre></li>
        </ol></section>
        """;

    private readonly StringBuilder html = new();
    private readonly JsonElement root;

    private ReferencePage(JsonElement root) => this.root = root;

    /// <summary>The page.</summary>
    /// <param name="root">An OpenAPI 3.1 document.</param>
    public static string Of(JsonElement root) => new ReferencePage(root).Write();

    private string Write()
    {
        var info = root.GetProperty("info");
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
            .Append(Text(info, "title")).Append(" API</title><link rel=\"stylesheet\" href=\"reference.css\"></head><body>");
        html.Append("<main id=\"top\"><h1>").Append(Text(info, "title")).Append(" API <small>version ").Append(Text(info, "version")).Append("</small></h1><p>")
            .Append(Text(info, "description")).Append(" For programs: <a href=\"openapi.json\">openapi.json</a>. <a class=\"skip\" href=\"#contents\">Contents</a></p>").Append(Start);
        WriteKeys();
        foreach (var tag in root.GetProperty("tags").EnumerateArray())
        {
            html.Append("<h2>").Append(Text(tag, "name")).Append("</h2><p>").Append(Text(tag, "description")).Append("</p>");
            foreach (var (method, path, operation) in Operations(tag.GetProperty("name").GetString()!))
            {
                WriteOperation(method, path, operation);
            }
        }

        html.Append("<h2>Objects</h2>");
        foreach (var schema in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            WriteObject(schema.Name, schema.Value);
        }

        html.Append("</main>");
        WriteContents();
        return html.Append("</body></html>").ToString();
    }

    private void WriteKeys()
    {
        html.Append("<section id=\"keys\"><h2>Keys</h2><dl>");
        foreach (var scheme in root.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(s => s.Value))
        {
            var header = scheme.GetProperty("type").GetString() == "http" ? "Authorization: Bearer …" : Text(scheme, "name") + ": …";
            html.Append("<dt><code>").Append(header).Append("</code></dt><dd><p>").Append(Text(scheme, "description")).Append("</p></dd>");
        }

        html.Append("</dl></section>");
    }

    private void WriteContents()
    {
        html.Append("<nav id=\"contents\" aria-label=\"Contents\"><ul><li><a href=\"#start\">Three steps</a></li><li><a href=\"#keys\">Keys</a></li>");
        foreach (var tag in root.GetProperty("tags").EnumerateArray())
        {
            html.Append("<li>").Append(Text(tag, "name")).Append("<ul>");
            foreach (var (_, _, operation) in Operations(tag.GetProperty("name").GetString()!))
            {
                html.Append("<li><a href=\"#").Append(Text(operation, "operationId")).Append("\">").Append(Text(operation, "summary")).Append("</a></li>");
            }

            html.Append("</ul></li>");
        }

        html.Append("<li>Objects<ul>");
        foreach (var schema in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            html.Append("<li><a href=\"#").Append(schema.Name).Append("\">").Append(schema.Name).Append("</a></li>");
        }

        html.Append("</ul></li></ul></nav>");
    }

    private IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(string tag)
        => from path in root.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           where method.Value.GetProperty("tags")[0].GetString() == tag
           select (method.Name.ToUpperInvariant(), path.Name, method.Value);

    private void WriteOperation(string method, string path, JsonElement operation)
    {
        html.Append("<article id=\"").Append(Text(operation, "operationId")).Append("\"><h3>").Append(Text(operation, "summary")).Append("</h3><p class=\"call\"><b>").Append(method)
            .Append("</b> <code>").Append(Encoded(path)).Append("</code></p><p>").Append(Text(operation, "description")).Append("</p>");
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            WriteTable("Parameters", parameters.EnumerateArray().Select(p => (Text(p, "name"), Text(p, "in") + (p.TryGetProperty("required", out _) ? ", required" : ""), Text(p, "description"))));
        }

        if (operation.TryGetProperty("requestBody", out var body))
        {
            WriteBody(body.GetProperty("content"));
        }

        html.Append("<h4>Answers</h4><dl>");
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
        {
            WriteResponse(response.Name, Resolve(response.Value));
        }

        html.Append("</dl></article>");
    }

    private void WriteBody(JsonElement content)
    {
        html.Append("<h4>Body</h4>");
        foreach (var type in content.EnumerateObject())
        {
            var schema = Resolve(type.Value.GetProperty("schema"));
            if (schema.TryGetProperty("properties", out var properties))
            {
                WriteTable(type.Name, Properties(schema, properties));
            }
        }

        var others = content.EnumerateObject().Where(t => !Resolve(t.Value.GetProperty("schema")).TryGetProperty("properties", out _)).Select(t => Encoded(t.Name)).ToList();
        html.Append(others.Count == 0 ? "" : $"<p>Or the file itself as {string.Join(", ", others)}.</p>");
        WriteExamples(content);
    }

    private void WriteResponse(string status, JsonElement response)
    {
        html.Append("<dt>").Append(status).Append("</dt><dd><p>").Append(Text(response, "description")).Append("</p>");
        if (response.TryGetProperty("headers", out var headers))
        {
            WriteTable("Headers", headers.EnumerateObject().Select(h => (Encoded(h.Name), KindOf(h.Value.GetProperty("schema")), Text(h.Value, "description"))));
        }

        if (response.TryGetProperty("content", out var content))
        {
            html.Append("<p>").AppendJoin(", ", content.EnumerateObject().Select(c => $"<code>{Encoded(c.Name)}</code>{WhatOf(c.Value.GetProperty("schema"))}")).Append("</p>");
            WriteExamples(content);
        }

        html.Append("</dd>");
    }

    private void WriteExamples(JsonElement content)
    {
        foreach (var media in content.EnumerateObject().Select(c => c.Value))
        {
            var examples = media.TryGetProperty("example", out var one) ? [("Example", one)]
                : media.TryGetProperty("examples", out var several) ? several.EnumerateObject().Select(e => (e.Value.TryGetProperty("summary", out var summary) ? summary.GetString()! : e.Name, e.Value.GetProperty("value")))
                : [];
            foreach (var (name, example) in examples)
            {
                html.Append("<details><summary>").Append(Encoded(name)).Append("</summary><pre tabindex=\"0\">")
                    .Append(Encoded(example.ValueKind == JsonValueKind.String ? example.GetString()! : JsonSerializer.Serialize(example, Readable))).Append("</pre></details>");
            }
        }
    }

    private void WriteObject(string name, JsonElement schema)
    {
        html.Append("<article id=\"").Append(name).Append("\"><h3>").Append(name).Append("</h3><p>").Append(Text(schema, "description")).Append("</p>");
        WriteTable("Fields", Properties(schema, schema.GetProperty("properties")));
        html.Append("</article>");
    }

    private static IEnumerable<(string Name, string Kind, string Description)> Properties(JsonElement schema, JsonElement properties)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        return properties.EnumerateObject().Select(p => (
            Encoded(p.Name), KindOf(p.Value) + (required.Contains(p.Name) ? "" : ", may be absent"), Text(p.Value, "description") + Values(p.Value)));
    }

    private static string KindOf(JsonElement schema)
        => schema.TryGetProperty("$ref", out _) ? Linked(schema)
            : schema.GetProperty("type").GetString() == "array" ? $"list of {KindOf(schema.GetProperty("items"))}"
            : Text(schema, schema.TryGetProperty("format", out _) ? "format" : "type");

    private static string Values(JsonElement schema) => schema.TryGetProperty("enum", out var values) ? $" <span class=\"values\">{string.Join(" · ", values.EnumerateArray().Select(v => Encoded(v.GetString()!)))}</span>" : "";

    private static string WhatOf(JsonElement schema) => schema.TryGetProperty("$ref", out _) ? $": {Linked(schema)}" : "";

    private static string Linked(JsonElement schema)
    {
        var name = Encoded(schema.GetProperty("$ref").GetString()!.Split('/')[^1]);
        return $"<a href=\"#{name}\">{name}</a>";
    }

    private void WriteTable(string caption, IEnumerable<(string Name, string Kind, string Description)> rows)
    {
        html.Append("<div class=\"table\"><table><caption>").Append(caption).Append("</caption>");
        foreach (var (name, kind, description) in rows)
        {
            html.Append("<tr><th scope=\"row\"><code>").Append(name).Append("</code></th><td>").Append(kind).Append("</td><td>").Append(description).Append("</td></tr>");
        }

        html.Append("</table></div>");
    }

    private JsonElement Resolve(JsonElement element)
        => element.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, part) => at.GetProperty(part))
            : element;

    // Of Markdown the description uses code and stress only.
    private static string Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) ? Stress().Replace(Code().Replace(Encoded(value.GetString()!), "<code>$1</code>"), "<strong>$1</strong>") : "";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*(.+?)\*\*", RegexOptions.CultureInvariant)]
    private static partial Regex Stress();
}
