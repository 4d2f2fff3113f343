using System.Text.Json.Serialization;
using Digitizer.Conformance;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Pages.Smaller;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>Which page to read, and how.</summary>
/// <param name="Index">From 0.</param>
/// <param name="IsCompact">Whether its picture may lose what is not needed to read it.</param>
internal sealed record ReadRequest(int Index, bool IsCompact);

/// <summary>How the payload of a rendered page is divided.</summary>
/// <param name="Picture">Bytes of the PPM file.</param>
/// <param name="Text">Bytes of the text behind it; null: there is none.</param>
/// <param name="MetLosses">The renderer met something that it could not show.</param>
internal sealed record RenderedSizes(int Picture, int? Text, bool MetLosses);

/// <summary>Which page's picture to make smaller.</summary>
/// <param name="Index">The page, from 0.</param>
/// <param name="Dpi">True pixels an inch of its picture.</param>
/// <param name="MostBytes">What it may have.</param>
internal sealed record ShrinkRequest(int Index, double Dpi, long MostBytes);

/// <summary>A picture that was made smaller; its bytes follow.</summary>
/// <param name="Image">What it is now.</param>
/// <param name="Rung">How it was made.</param>
internal sealed record ShrunkPicture(PageImage Image, Rung Rung);

/// <summary>Which pages to take out of the PDF, and the object number to begin with.</summary>
internal sealed record ExportRequest(IReadOnlyList<int> Pages, int FirstNumber);

/// <summary>Number of the object whose bytes follow.</summary>
internal sealed record ExportedObject(int Number);

/// <summary>What keeps a PDF from claiming PDF/A-2u.</summary>
internal sealed record ConformanceReport(IReadOnlyList<PdfAFinding> Findings);

/// <summary>Why a request was refused or failed in the worker.</summary>
internal sealed record WorkerFailure(FailureKind Kind, string Message);

/// <summary>JSON of the frames' headers. Missing and null members are refused: the worker may be in the hands of its file.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ShrinkRequest))]
[JsonSerializable(typeof(ShrunkPicture))]
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
