using System.Text.Json;
using System.Text.Json.Serialization;
using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>
/// The JSON file beside each original: all that makes the unit anew if the journal is lost.
/// Written before the journal's row, so that an original without row is adopted by it.
/// </summary>
/// <param name="Version">1.</param>
/// <param name="Unit">The arrival; null beside the second and later files of a unit.</param>
/// <param name="PartOf">Beside those: the unit, whose first file has the side-car that tells of all.</param>
internal sealed record SideCar(int Version, NewUnit? Unit, UnitId? PartOf = null)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new UnitIdConverter(), new JsonStringEnumConverter() },
    };

    public static SideCar Of(NewUnit unit) => new(1, unit);

    public static SideCar OfFurtherFile(UnitId unit) => new(1, null, unit);

    /// <exception cref="JsonException">It is no side-car.</exception>
    public static SideCar Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<SideCar>(json, Json) ?? throw new JsonException("empty");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    private sealed class UnitIdConverter : JsonConverter<UnitId>
    {
        public override UnitId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => UnitId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("no unit id");

        public override void Write(Utf8JsonWriter writer, UnitId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
