using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>Which page to read, from 0.</summary>
internal sealed record ReadRequest(int Index);

/// <summary>How the payload of a rendered page is divided.</summary>
/// <param name="Picture">Bytes of the PPM file.</param>
/// <param name="Text">Bytes of the text behind it; null: there is none.</param>
internal sealed record RenderedSizes(int Picture, int? Text);

/// <summary>Which pages to take out of the PDF, and the object number to begin with.</summary>
internal sealed record ExportRequest(IReadOnlyList<int> Pages, int FirstNumber);

/// <summary>Number of the object whose bytes follow.</summary>
internal sealed record ExportedObject(int Number);

/// <summary>Something in a PDF that PDF/A does not allow.</summary>
/// <param name="Clause">Of ISO 19005-2.</param>
/// <param name="What">What was found, in English.</param>
internal sealed record ConformanceFinding(string Clause, string What);

/// <summary>What speaks against calling a PDF PDF/A.</summary>
internal sealed record ConformanceReport(IReadOnlyList<ConformanceFinding> Findings);

/// <summary>Why a request was refused or failed in the worker.</summary>
internal sealed record WorkerFailure(FailureKind Kind, string Message);

/// <summary>JSON of the frames' headers. Missing and null members are refused: the worker may be in the hands of its file.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(RenderRequest))]
[JsonSerializable(typeof(ExportRequest))]
[JsonSerializable(typeof(ConformanceReport))]
[JsonSerializable(typeof(ExportedObject))]
[JsonSerializable(typeof(ExportedForms))]
[JsonSerializable(typeof(RenderedSizes))]
[JsonSerializable(typeof(WorkerFailure))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(UnitContents))]
[JsonSerializable(typeof(PageResult))]
internal sealed partial class WorkerJson : JsonSerializerContext;
