using System.Globalization;
using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Worker.Api.Access;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Digitizer.Worker.Api;

/// <summary>What went wrong, as RFC 9457 has it.</summary>
/// <param name="Type"><c>urn:digitizer:failure:KIND</c>.</param>
/// <param name="Title">The kind's name.</param>
/// <param name="Status">The response's status.</param>
/// <param name="Detail">What happened, and what to mend.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    private const string MediaType = "application/problem+json";
    private const int RetryAfterSeconds = 30;

    /// <summary>What a failure tells the caller.</summary>
    public static ApiProblem Of(FailureKind kind, string message)
        => new($"urn:digitizer:failure:{kind}", kind.ToString(), StatusOf(kind), message);

    /// <summary>The response for a failure.</summary>
    public static JsonHttpResult<ApiProblem> Response(HttpContext context, DigitizerException failure)
    {
        var problem = Of(failure.Kind, failure.Message);
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage or StatusCodes.Status409Conflict && failure.Kind is not FailureKind.ActNotPossible)
        {
            context.Response.Headers.RetryAfter = failure.Kind == FailureKind.IdempotencyKeyInUse ? "2" : RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Result(problem);
    }

    /// <summary>Gives a body to what the framework refuses by itself, as every other refusal of a request has one.</summary>
    public static Task ExplainAsync(StatusCodeContext refusal)
        => refusal.HttpContext is var context && context.IsOfApi() && OfFramework(context.Response.StatusCode) is { } problem ? Result(problem).ExecuteAsync(context) : Task.CompletedTask;

    private static ApiProblem? OfFramework(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Of(FailureKind.RequestInvalid, "A parameter or the body cannot be read: a number that is none, no JSON, or a field that there is not. Mend it and send it again."),
        StatusCodes.Status404NotFound => Of(FailureKind.NotFound, "There is no such address in this API. Look at /openapi.json for those that there are."),
        StatusCodes.Status405MethodNotAllowed => Of(FailureKind.RequestInvalid, "This address is not called by this method. The header Allow names those that it is called by.") with { Status = status },
        StatusCodes.Status413PayloadTooLarge => Of(FailureKind.FileTooLarge, "The body is larger than 1 MB. An order is a few lines of JSON; files go to /v1/submissions."),
        StatusCodes.Status415UnsupportedMediaType => Of(FailureKind.FormatNotSupported, "The Content-Type is not taken here. Send application/json."),
        _ => null,
    };

    // By the options of the host, which leave letters as they are.
    private static JsonHttpResult<ApiProblem> Result(ApiProblem problem) => TypedResults.Json(problem, (System.Text.Json.JsonSerializerOptions?)null, MediaType, problem.Status);

    private static int StatusOf(FailureKind kind) => kind switch
    {
        FailureKind.RequestInvalid or FailureKind.IdempotencyKeyMissing or FailureKind.DigestDiffers => StatusCodes.Status400BadRequest,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.IdempotencyKeyInUse or FailureKind.ActNotPossible => StatusCodes.Status409Conflict,
        FailureKind.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureKind.FormatUnknown or FailureKind.FormatNotSupported => StatusCodes.Status415UnsupportedMediaType,
        FailureKind.Busy or FailureKind.JournalUnavailable or FailureKind.JournalBroken or FailureKind.StorageUnavailable or FailureKind.StorageDenied => StatusCodes.Status503ServiceUnavailable,
        FailureKind.StorageLow or FailureKind.OutputNotWritable => StatusCodes.Status507InsufficientStorage,
        FailureKind.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>Turns failures of endpoints into problems, and what may not be seen into 403 without a word.</summary>
internal sealed class ProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (NotForCallerException)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (DigitizerException e)
        {
            return ApiProblem.Response(context.HttpContext, e);
        }
    }
}

/// <summary>The caller may not see or do this; it is not told whether there is such a thing.</summary>
internal sealed class NotForCallerException : Exception;

/// <summary>Generated serializers of the API.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(Model.SubmissionView))]
[JsonSerializable(typeof(Model.UnitView))]
[JsonSerializable(typeof(Model.UnitPage))]
[JsonSerializable(typeof(Model.DocumentView))]
[JsonSerializable(typeof(Model.PageList))]
[JsonSerializable(typeof(Model.ReceiptView))]
[JsonSerializable(typeof(Model.AssignOrder))]
[JsonSerializable(typeof(Model.DoneView))]
internal sealed partial class ApiJson : JsonSerializerContext;
