using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>Which page to read, from 0.</summary>
internal sealed record ReadRequest(int Index);

/// <summary>Why a request was refused or failed in the worker.</summary>
internal sealed record WorkerFailure(FailureKind Kind, string Message);

/// <summary>JSON of the frames' headers. Missing and null members are refused: the worker may be in the hands of its file.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(WorkerFailure))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(UnitContents))]
[JsonSerializable(typeof(PageResult))]
internal sealed partial class WorkerJson : JsonSerializerContext;
