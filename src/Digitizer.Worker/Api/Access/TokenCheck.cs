using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Digitizer.Worker.Api.Access;

/// <summary>Tokens of an identity provider (JWT, RFC 7519), checked as RFC 8725 asks for.</summary>
/// <param name="options">Whose tokens are taken.</param>
/// <param name="keys">Its public keys.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenCheck(TokenOptions options, ITokenKeys keys, TimeProvider time) : IDisposable
{
    private const int MaxLength = 16 << 10;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Signatures by key pairs only: never none, and no HS*, which a public key could be passed off for.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    // Others, such as logout+jwt, are signed by the same issuer and say something else.
    private static readonly string[] Types = ["", "JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    /// <summary>Whose token this is.</summary>
    public async ValueTask<Identified> IdentifyAsync(string brought, CancellationToken cancellation)
    {
        if (Read(brought) is not { } token)
        {
            return new Identified(null, WhyUnknown.Malformed);
        }

        if (!Algorithms.Contains(token.Alg, StringComparer.Ordinal) || !Types.Contains(token.Typ ?? "", StringComparer.OrdinalIgnoreCase) || token.TryGetHeaderValue<object>("crit", out _))
        {
            return new Identified(null, WhyUnknown.TokenAlgorithm);
        }

        if (string.IsNullOrEmpty(token.Kid) || await keys.FindAsync(token.Kid, cancellation) is not { } key || !Fits(key, token.Alg))
        {
            return new Identified(null, WhyUnknown.TokenKeyUnknown);
        }

        var result = await handler.ValidateTokenAsync(token, Demands(key));
        return result.IsValid ? Holder(token) : new Identified(null, Why(result.Exception));
    }

    public void Dispose() => keys.Dispose();

    private JsonWebToken? Read(string brought)
    {
        // Three parts: five are an encrypted token, which nobody here could read.
        if (brought.Length > MaxLength || brought.Count(c => c == '.') != 2)
        {
            return null;
        }

        try
        {
            return handler.ReadJsonWebToken(brought);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool Fits(JsonWebKey key, string algorithm)
        => (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve) == algorithm.StartsWith("ES", StringComparison.Ordinal)
        && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm);

    private TokenValidationParameters Demands(JsonWebKey key) => new()
    {
        IssuerSigningKey = key,
        ValidAlgorithms = Algorithms,
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
    };

    private bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now - Skew < expires && (notBefore is null || now + Skew >= notBefore);
    }

    private Identified Holder(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var subject = TokenClaims.Text(payload.RootElement, JwtRegisteredClaimNames.Sub);
        if (string.IsNullOrEmpty(subject))
        {
            return new Identified(null, WhyUnknown.TokenSubject);
        }

        var id = TokenClaims.IdOf(options.Issuer, subject);
        return new Identified(new Caller(id, id, TokenClaims.Grant(payload.RootElement, options)));
    }

    private static WhyUnknown Why(Exception failure) => failure switch
    {
        SecurityTokenInvalidAudienceException => WhyUnknown.TokenAudience,
        SecurityTokenInvalidIssuerException => WhyUnknown.TokenIssuer,
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => WhyUnknown.TokenTime,
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => WhyUnknown.TokenSignature,
        _ => WhyUnknown.TokenInvalid,
    };
}
