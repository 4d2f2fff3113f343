using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Access;

/// <summary>Who calls, once it is known. The right that an endpoint <see cref="Needs"/> was checked; sources and dossiers are for the endpoint to check.</summary>
/// <param name="Id">For logs and the journal: the key's id, or a digest of the token's subject. No secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Grant">What it may.</param>
internal sealed record Caller(string Id, string Name, Grant Grant)
{
    /// <summary>True if files may be handed in for this source.</summary>
    public bool MaySubmitTo(string source) => Grant.Rights.HasFlag(Right.Submit) && Grant.HasSource(source);

    /// <summary>True if a unit may be seen: its source is ours and its dossier, if it has one, too.</summary>
    /// <param name="source">The unit's source.</param>
    /// <param name="dossierCode">Its dossier; null while it has none.</param>
    public bool MaySee(string source, string? dossierCode) => Grant.HasSource(source) && (dossierCode is null || Grant.HasDossier(dossierCode));

    /// <summary>True if documents may be filed in this dossier.</summary>
    public bool MayName(string dossierCode) => Grant.HasDossier(dossierCode);
}

/// <summary>What the gate found out, for endpoints.</summary>
internal static class AccessOfRequest
{
    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to <see cref="Needs.Nobody"/>, or the request did not come through the gate.</exception>
    public static Caller Caller(this HttpContext context)
        => context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint has no caller: it is open to everybody, or not behind the gate.");
}
