using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Model;
using Digitizer.Worker.Service;
using Digitizer.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Digitizer.Worker.Api;

/// <summary>Documents, their files and receipts, and the decision where they are filed.</summary>
/// <param name="service">The house.</param>
/// <param name="jobs">Carries decisions out.</param>
/// <param name="time">For the day in dossier codes.</param>
internal sealed class DocumentEndpoints(ServiceRun service, JobsDesk jobs, TimeProvider time)
{
    /// <summary>Maps them below <c>/v1</c>.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/documents/{id}", ShowAsync).WithMetadata(new Needs(Right.Read)).WithName("getDocument");
        api.MapGet("/documents/{id}/pdf", (string id, HttpContext context) => FileAsync(id, "pdf", "application/pdf", d => d.PdfSha256, context)).WithMetadata(new Needs(Right.Read)).WithName("getPdf");
        api.MapGet("/documents/{id}/text", (string id, HttpContext context) => FileAsync(id, "txt", "text/plain; charset=utf-8", d => d.TextSha256, context)).WithMetadata(new Needs(Right.Read)).WithName("getText");
        api.MapGet("/documents/{id}/json", (string id, HttpContext context) => FileAsync(id, "json", "application/json", d => d.JsonSha256, context)).WithMetadata(new Needs(Right.Read)).WithName("getJson");
        api.MapGet("/documents/{id}/receipt", ReceiptAsync).WithMetadata(new Needs(Right.Read)).WithName("getReceipt");
        api.MapPost("/documents/{id}/assign", AssignAsync).WithMetadata(new Needs(Right.Act)).WithName("assignDocument");
    }

    private async Task<Ok<DocumentView>> ShowAsync(string id, HttpContext context)
    {
        var (document, account) = await FindAsync(id, context);
        return TypedResults.Ok(ViewOf.Document(document, account.Deliveries));
    }

    private async Task<PhysicalFileHttpResult> FileAsync(string id, string extension, string type, Func<JobDocument, string?> digestOf, HttpContext context)
    {
        var (document, account) = await FindAsync(id, context);
        if (!ViewOf.IsProved(document) || digestOf(document) is not { } sha256 || account.Unit.TrashedAt is not null)
        {
            throw new DigitizerException(FailureKind.NotFound, "The document has no such file: it is not made yet, could not be made, or its retention is over. Look at its state.");
        }

        // As an attachment: nothing that came from paper is shown by a browser as a page of ours.
        return TypedResults.PhysicalFile(await service.BorrowForAsync(sha256, context), type, $"{document.Id}.{extension}", entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }

    private async Task<Ok<ReceiptView>> ReceiptAsync(string id, HttpContext context)
    {
        var (document, account) = await FindAsync(id, context);
        var delivery = account.Deliveries.FirstOrDefault(d => d.Document == document.Id && d.Revision == document.Revision);
        return TypedResults.Ok((delivery is null ? null : ViewOf.Receipt(delivery))
            ?? throw new DigitizerException(FailureKind.NotFound, "The document is in no dossier, or not yet. Look at its delivery."));
    }

    private async Task<Ok<DoneView>> AssignAsync(string id, AssignOrder order, HttpContext context)
    {
        var (document, _) = await FindAsync(id, context);
        var dossier = DossierKey.Parse(order.Dossier ?? throw new DigitizerException(FailureKind.RequestInvalid, "The order names no dossier. Write its code into the field dossier."), DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        if (!context.Caller().MayName(dossier.Code))
        {
            throw new NotForCallerException();
        }

        await service.Dossiers.ThrowIfUnknownAsync([dossier], context.RequestAborted);
        var reply = await jobs.AnswerAsync(new JobsRequest("assign", Document: document.Id.ToString("D"), Dossier: dossier.Code, Who: $"api:{context.Caller().Id}"), context.RequestAborted);
        return TypedResults.Ok(new DoneView(reply.Done!));
    }

    private async Task<(JobDocument Document, UnitAccount Account)> FindAsync(string id, HttpContext context)
    {
        var document = Guid.TryParseExact(id, "D", out var parsed) ? await service.Jobs.DocumentAsync(parsed, null, context.RequestAborted) : null;
        var account = document is null ? null : await service.Jobs.UnitAsync(document.Unit, context.RequestAborted);
        return account is not null && context.Caller().MaySee(account) ? (document!, account) : throw Visibility.NotThere(context.Caller(), account is not null);
    }
}
