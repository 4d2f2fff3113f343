using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digitizer.Worker.Api.Access;

/// <summary>How keys are written. Everything must be there and nothing else: half a key is none.</summary>
internal static class ApiKeyJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new RightConverter() },
    };

    /// <summary>Rights as a list of their names.</summary>
    private sealed class RightConverter : JsonConverter<Right>
    {
        public override Right Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var rights = RightNames.Parse(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [], out var unknown);
            return unknown is null ? rights : throw new JsonException($"there is no right {unknown}");
        }

        public override void Write(Utf8JsonWriter writer, Right value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, RightNames.Of(value), options);
    }
}
