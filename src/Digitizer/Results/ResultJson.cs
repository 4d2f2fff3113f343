using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digitizer.Results;

/// <summary>Writes the JSON files: UTF-8, one line, Vietnamese letters as themselves.</summary>
internal static class ResultJson
{
    // The files are read by programs and people, never pasted into HTML, so only what JSON demands is escaped.
    private static readonly ResultJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(Stream output, DocumentResult result)
    {
        JsonSerializer.Serialize(output, result, Context.DocumentResult);
        output.WriteByte((byte)'\n');
    }

    public static void Write(Stream output, ExceptionList list)
    {
        JsonSerializer.Serialize(output, list, Context.ExceptionList);
        output.WriteByte((byte)'\n');
    }

    /// <exception cref="JsonException">It is no such list.</exception>
    public static ExceptionList ReadExceptions(ReadOnlySpan<byte> json)
        => JsonSerializer.Deserialize(json, Context.ExceptionList) is { Exceptions: { } entries } list && entries.All(e => e is not null) ? list : throw new JsonException("No list of exceptions.");

    /// <summary>One line without its end.</summary>
    public static string Line(OutcomeLine line) => JsonSerializer.Serialize(line, Context.OutcomeLine);

    /// <summary>One line without its end.</summary>
    public static string Line(TimingLine line) => JsonSerializer.Serialize(line, Context.TimingLine);
}

/// <summary>Generated serializers.</summary>
[JsonSerializable(typeof(DocumentResult))]
[JsonSerializable(typeof(ExceptionList))]
[JsonSerializable(typeof(OutcomeLine))]
[JsonSerializable(typeof(TimingLine))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
