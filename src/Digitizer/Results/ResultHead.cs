using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Digitizer.Results;

/// <summary>Tells whose a result file is from its first bytes: files of long documents have many megabytes.</summary>
internal static class ResultHead
{
    /// <summary>The unit, or null if this is no result file.</summary>
    /// <param name="start">The first bytes; 256 hold both ids.</param>
    public static string? Unit(ReadOnlySpan<byte> start) => Value(start, "unit"u8);

    /// <summary>The document, or null if this is no result file.</summary>
    /// <param name="start">The first bytes; 256 hold both ids.</param>
    public static string? Document(ReadOnlySpan<byte> start) => Value(start, "document"u8);

    /// <summary>The revision, or null if this is no result file.</summary>
    /// <param name="start">The first bytes; 256 hold it.</param>
    public static int? Revision(ReadOnlySpan<byte> start)
        => int.TryParse(Value(start, "revision"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private static string? Value(ReadOnlySpan<byte> start, ReadOnlySpan<byte> property)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(property))
                {
                    return !reader.Read() ? null : reader.TokenType switch
                    {
                        JsonTokenType.String => reader.GetString(),
                        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                        _ => null,
                    };
                }
            }

            return null;
        }
        catch (JsonException)
        {
            // Not JSON: somebody's own file of that name.
            return null;
        }
    }
}
