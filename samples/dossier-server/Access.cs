using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DossierServer;

/// <summary>Who may call: one style at a time.</summary>
internal sealed class Access(ServerOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> good = [];

    /// <summary>How many tokens and sessions were given.</summary>
    public int Given { get; private set; }

    /// <summary>True if the call may go on.</summary>
    public bool IsAllowed(HttpRequest request) => options.Access switch
    {
        AccessKind.ApiKey => request.Headers["X-Api-Key"] == options.Secret,
        AccessKind.Basic => request.Headers.Authorization == "Basic " + BasicOf(options.User, options.Secret),
        AccessKind.OAuth2 => IsGood(request.Headers.Authorization.ToString(), "Bearer "),
        AccessKind.Session => IsGood(request.Headers["X-Session"].ToString(), ""),
        _ => true,
    };

    /// <summary>RFC 6749, 4.4.</summary>
    public async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync().ConfigureAwait(false);
        var isRight = form["grant_type"] == "client_credentials" && request.Headers.Authorization == "Basic " + BasicOf(options.User, options.Secret);
        return isRight
            ? Results.Json(new { access_token = Give(), token_type = "Bearer", expires_in = options.TokenSeconds })
            : Results.Json(new { error = "invalid_client" }, statusCode: 401);
    }

    /// <summary>User and password for a session, in the older style: always 200, with a code.</summary>
    public async Task<IResult> LoginAsync(HttpRequest request)
    {
        var body = await JsonNode.ParseAsync(request.Body).ConfigureAwait(false);
        return (string?)body?["username"] == options.User && (string?)body?["password"] == options.Secret
            ? Results.Json(new { error_code = "0", session = Give() })
            : Results.Json(new { error_code = "1" });
    }

    /// <summary>All tokens and sessions end.</summary>
    public void EndAll()
    {
        lock (gate)
        {
            good.Clear();
        }
    }

    private string Give()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (gate)
        {
            good[token] = time.GetUtcNow().AddSeconds(options.TokenSeconds);
            Given++;
        }

        return token;
    }

    private bool IsGood(string header, string prefix)
    {
        lock (gate)
        {
            return header.StartsWith(prefix, StringComparison.Ordinal) && good.TryGetValue(header[prefix.Length..], out var until) && time.GetUtcNow() < until;
        }
    }

    private static string BasicOf(string user, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));
}
