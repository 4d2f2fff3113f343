using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Digitizer.Worker.Api;

/// <summary>Units, their pages, and what a person may decide about them.</summary>
/// <param name="service">The house.</param>
/// <param name="jobs">Carries decisions out.</param>
internal sealed class UnitEndpoints(ServiceRun service, JobsDesk jobs)
{
    private const int MostListed = 200;

    /// <summary>Maps them below <c>/v1</c>.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/units", UnitsAsync).WithMetadata(new Needs(Right.Read)).WithName("listUnits");
        api.MapGet("/exceptions", ExceptionsAsync).WithMetadata(new Needs(Right.Read)).WithName("listExceptions");
        api.MapGet("/units/{id}", ShowAsync).WithMetadata(new Needs(Right.Read)).WithName("getUnit");
        api.MapGet("/units/{id}/pages", PagesAsync).WithMetadata(new Needs(Right.Read)).WithName("getPages");
        api.MapGet("/units/{id}/pages/{number:int}/thumbnail", ThumbnailAsync).WithMetadata(new Needs(Right.Read)).WithName("getThumbnail");
        api.MapPost("/units/{id}/retry", RetryAsync).WithMetadata(new Needs(Right.Act)).WithName("retryUnit");
        api.MapPost("/units/{id}/cancel", CancelAsync).WithMetadata(new Needs(Right.Act)).WithName("cancelUnit");
    }

    private Task<Ok<UnitPage>> UnitsAsync(string? source, string? before, int? count, HttpContext context) => ListAsync(new UnitFilter(NewestFirst: true), source, before, count, context);

    private Task<Ok<UnitPage>> ExceptionsAsync(string? source, string? before, int? count, HttpContext context)
        => ListAsync(new UnitFilter(NeedsPerson: true, NewestFirst: true), source, before, count, context);

    // The journal knows no dossiers of callers: of a slice those are left out that are not this one's, and the next slice begins behind it all the same.
    private async Task<Ok<UnitPage>> ListAsync(UnitFilter filter, string? source, string? before, int? count, HttpContext context)
    {
        var (caller, most) = (context.Caller(), count ?? MostListed);
        UnitId? after = null;
        if (most is < 1 or > MostListed || (before is not null && !TryParse(before, out after)))
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"count is a number from 1 to {MostListed}; before is what an earlier answer had as next.");
        }

        if (source is not null && !caller.Grant.HasSource(source))
        {
            throw new NotForCallerException();
        }

        IReadOnlyList<string>? sources = source is not null ? [source] : caller.Grant.HasSource(Grant.All) ? null : caller.Grant.Sources;
        var units = await service.Jobs.UnitsAsync(filter with { Sources = sources }, new Slice(most, after), context.RequestAborted);
        var views = new List<UnitView>();
        foreach (var unit in units.Where(u => caller.MaySee(u.Arrival.Source, u.Arrival.Dossier?.Code)))
        {
            if (await service.Jobs.UnitAsync(unit.Id, context.RequestAborted) is { } account && caller.MaySee(account))
            {
                views.Add(ViewOf.Unit(account));
            }
        }

        return TypedResults.Ok(new UnitPage(views, units.Count == most ? units[^1].Id.ToString() : null));
    }

    private async Task<Ok<UnitView>> ShowAsync(string id, HttpContext context) => TypedResults.Ok(ViewOf.Unit(await FindAsync(id, context)));

    private async Task<Ok<PageList>> PagesAsync(string id, HttpContext context) => TypedResults.Ok(new PageList([.. (await FindAsync(id, context)).Pages.Select(ViewOf.Page)]));

    private async Task<FileStreamHttpResult> ThumbnailAsync(string id, int number, HttpContext context)
    {
        var account = await FindAsync(id, context);
        var page = account.Pages.FirstOrDefault(p => p.Number == number);
        if (page?.ThumbnailSha256 is not { } sha256 || account.Unit.TrashedAt is not null)
        {
            throw new DigitizerException(FailureKind.NotFound, $"Of page {number} there is no small picture: it is not read yet, could not be decoded, or its retention is over.");
        }

        using var borrowed = service.Vault.Borrow();
        return TypedResults.Stream(await Thumbnail.PngAsync(await borrowed.OpenResultAsync(sha256, context.RequestAborted), context.RequestAborted), "image/png");
    }

    private async Task<Ok<DoneView>> RetryAsync(string id, HttpContext context) => await ActAsync("retry", id, context);

    private async Task<Ok<DoneView>> CancelAsync(string id, HttpContext context) => await ActAsync("cancel", id, context);

    private async Task<Ok<DoneView>> ActAsync(string verb, string id, HttpContext context)
    {
        var account = await FindAsync(id, context);
        var reply = await jobs.AnswerAsync(new JobsRequest(verb, Unit: account.Unit.Id.ToString(), Who: $"api:{context.Caller().Id}"), context.RequestAborted);
        return TypedResults.Ok(new DoneView(reply.Done!));
    }

    private async Task<UnitAccount> FindAsync(string id, HttpContext context)
    {
        var account = UnitId.TryParse(id, out var unit) ? await service.Jobs.UnitAsync(unit, context.RequestAborted) : null;
        return account is not null && context.Caller().MaySee(account) ? account : throw Visibility.NotThere(context.Caller(), account is not null);
    }

    private static bool TryParse(string text, out UnitId? id)
    {
        var isId = UnitId.TryParse(text, out var parsed);
        id = parsed;
        return isId;
    }
}
