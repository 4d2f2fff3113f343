using System.Text.Json;
using Digitizer.Workspace;

namespace Digitizer.Worker.Api.Access;

/// <summary>What the claims of a token that was found good allow. What they do not say is not allowed.</summary>
internal static class TokenClaims
{
    private const int IdLetters = 16;

    /// <summary>An id for logs and the journal: it tells callers apart, and no names.</summary>
    public static string IdOf(string issuer, string subject) => "sub-" + FileDigest.Of($"{issuer}\n{subject}")[..IdLetters];

    /// <summary>A claim that is text; null if it is not there, or something else.</summary>
    public static string? Text(JsonElement payload, string claim)
        => payload.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>What the token allows. Rights that we do not know are rights in other programs.</summary>
    public static Grant Grant(JsonElement payload, TokenOptions options)
    {
        var rights = List(payload, options.RightsClaim).Aggregate(Right.None, (all, name) => all | RightNames.Parse([name], out _));
        return new Grant(rights, List(payload, options.SourcesClaim), List(payload, options.DossiersClaim), CallerLimits.Default);
    }

    // A text may hold several values, as the scope of OAuth does (RFC 6749, 3.3).
    private static string[] List(JsonElement payload, string claim) => !payload.TryGetProperty(claim, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Where(text => text.Length > 0)],
        _ => [],
    };
}
