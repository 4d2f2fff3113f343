using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;

namespace Digitizer.Pipeline;

/// <summary>Everything about a page that was read, or given up, as it lies in the vault.</summary>
/// <param name="Frame">What the headers say.</param>
/// <param name="Result">The page-worker's result, or null if all attempts failed.</param>
/// <param name="Attempts">How often it was handed to a page-worker.</param>
/// <param name="Engine">What read it.</param>
/// <param name="Thumbnail">Digest of the grey copy of its picture in the vault; null for a page that could not be read.</param>
/// <param name="Kind">Why the last attempt failed, or null.</param>
/// <param name="Message">What was said of it, or null.</param>
internal sealed record StoredPage(FrameInfo Frame, PageResult? Result, int Attempts, EngineInfo Engine, string? Thumbnail, FailureKind? Kind = null, string? Message = null)
{
    public PageAttempts ToAttempts()
        => new(Result, Kind is { } kind ? new DigitizerException(kind, Message ?? "") : null, Attempts);
}

/// <summary>JSON of what the pipeline keeps in the vault.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredPage))]
internal sealed partial class StoredJson : JsonSerializerContext;
