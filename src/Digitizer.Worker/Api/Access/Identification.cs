using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Access;

/// <summary>Finds out who calls: by a key or by a token.</summary>
/// <param name="keys">The keys.</param>
/// <param name="tokens">Checks tokens; null if none are taken.</param>
internal sealed class Identification(KeyRing keys, TokenCheck? tokens) : IDisposable
{
    private const string KeyHeader = "X-Api-Key";
    private const string Bearer = "Bearer";

    /// <summary>True once somebody could be let in.</summary>
    public bool CanLetIn => tokens is not null || keys.HasUsable;

    /// <summary>Whose request this is.</summary>
    public async ValueTask<Identified> IdentifyAsync(HttpRequest request) => (request.Headers.Authorization, request.Headers[KeyHeader]) switch
    {
        ({ Count: 0 }, { Count: 0 }) => new Identified(null, WhyUnknown.NothingBrought),
        ({ Count: 0 }, [{ } key]) => keys.Identify(key),
        ([{ } authorization], { Count: 0 }) => await OfAuthorizationAsync(authorization, request.HttpContext.RequestAborted),
        // Two would have to agree, and nobody needs two.
        _ => new Identified(null, WhyUnknown.Malformed),
    };

    public void Dispose() => tokens?.Dispose();

    private async ValueTask<Identified> OfAuthorizationAsync(string value, CancellationToken cancellation)
    {
        if (!AuthenticationHeaderValue.TryParse(value, out var header) || !header.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: > 0 } brought)
        {
            return new Identified(null, WhyUnknown.Malformed);
        }

        if (brought.StartsWith(KeyText.Prefix, StringComparison.Ordinal))
        {
            return keys.Identify(brought);
        }

        return tokens is null ? new Identified(null, WhyUnknown.TokensNotTaken) : await tokens.IdentifyAsync(brought, cancellation);
    }
}
