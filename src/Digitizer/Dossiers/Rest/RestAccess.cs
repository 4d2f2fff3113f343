using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Digitizer.Failures;

namespace Digitizer.Dossiers.Rest;

/// <summary>What goes along with one message.</summary>
/// <param name="Header">Name and value of a header, or null.</param>
/// <param name="Session">For <c>{session}</c> in templates, or null.</param>
/// <param name="CanRenew">True if another may be fetched when it is not accepted.</param>
internal sealed record RestCredential((string Name, string Value)? Header, string? Session, bool CanRenew)
{
    /// <summary>Nothing of it may reach a log.</summary>
    public override string ToString() => nameof(RestCredential);
}

/// <summary>Fetches credentials and keeps them as long as they are good.</summary>
/// <param name="options">How.</param>
/// <param name="address">Of the dossier system.</param>
/// <param name="exchange">Sends.</param>
/// <param name="timeout">For one try to fetch.</param>
/// <param name="time">The clock.</param>
internal sealed class RestAccess(RestAccessOptions options, Uri address, RestExchange exchange, TimeSpan timeout, TimeProvider time) : IDisposable
{
    // A token is not used in its last seconds: it would end on the way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim oneAtATime = new(1);
    private RestCredential? kept;
    private DateTimeOffset keptUntil;

    /// <summary>What goes along now.</summary>
    /// <exception cref="DigitizerException">DossierUnavailable: none could be had.</exception>
    public async Task<RestCredential> GetAsync(CancellationToken cancellation)
    {
        switch (options.Kind)
        {
            case RestAccessKind.None:
                return new RestCredential(null, null, CanRenew: false);
            case RestAccessKind.ApiKey:
                return new RestCredential((options.Header, RestSecret.Read(options)), null, CanRenew: false);
            case RestAccessKind.Basic:
                return new RestCredential(("Authorization", Basic()), null, CanRenew: false);
        }

        await oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (kept is null || time.GetUtcNow() >= keptUntil)
            {
                (kept, keptUntil) = await FetchAsync(cancellation).ConfigureAwait(false);
            }

            return kept;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>This one was not accepted: the next call fetches another, unless somebody has already.</summary>
    public void Forget(RestCredential credential) => Interlocked.CompareExchange(ref kept, null, credential);

    public void Dispose() => oneAtATime.Dispose();

    private string Basic() => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{RestSecret.Read(options)}"));

    private async Task<(RestCredential Credential, DateTimeOffset Until)> FetchAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var started = time.GetUtcNow();
        try
        {
            using var request = options.Kind == RestAccessKind.OAuth2 ? TokenRequest() : Login();
            var reply = await exchange.SendAsync(request, wantsContent: false, either.Token).ConfigureAwait(false);
            return reply switch
            {
                RestReply.Answer { IsSuccess: true } answer => Understand(answer, started),
                RestReply.Answer answer => throw Failed($"status {answer.Status}"),
                RestReply.NotSent none => throw Failed(none.Why),
                RestReply.Lost lost => throw Failed(lost.Why),
                _ => throw Failed("no answer"),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed("no answer in time");
        }
    }

    private (RestCredential Credential, DateTimeOffset Until) Understand(RestReply.Answer answer, DateTimeOffset started)
    {
        if (options.Kind == RestAccessKind.Session)
        {
            var session = Usable(JsonPath.Text(answer.Json, options.SessionPath));
            return (new RestCredential(options.Header.Length > 0 ? (options.Header, session) : null, session, CanRenew: true), started + options.SessionLifetime);
        }

        var token = Usable(JsonPath.Text(answer.Json, "access_token"));
        var lifetime = double.TryParse(JsonPath.Text(answer.Json, "expires_in"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds) : UnknownLifetime;
        return (new RestCredential(("Authorization", "Bearer " + token), null, CanRenew: true), started + lifetime - (lifetime > 2 * Margin ? Margin : lifetime / 2));
    }

    private static string Usable(string? value)
        => value is { Length: > 0 } && !value.Any(char.IsControl) ? value : throw Failed("the reply holds none");

    private static DigitizerException Failed(string why) => new(
        FailureKind.DossierUnavailable, $"The dossier system gave no access: {why}. Check address, user and secret; deliveries wait.");

    // RFC 6749, 4.4.2 and 2.3.1: the client says who it is by Basic, form-encoded first.
    private HttpRequestMessage TokenRequest()
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials")];
        if (options.Scope.Length > 0)
        {
            form.Add(new("scope", options.Scope));
        }

        var client = $"{Uri.EscapeDataString(options.User)}:{Uri.EscapeDataString(RestSecret.Read(options))}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, options.Address)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(client)));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private HttpRequestMessage Login()
    {
        var body = RestTemplate.Body(options.LoginBody, name => name switch
        {
            "user" => options.User,
            "secret" => RestSecret.Read(options),
            _ => null,
        });
        return new HttpRequestMessage(HttpMethod.Post, new Uri(address, options.Address)) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
    }
}
