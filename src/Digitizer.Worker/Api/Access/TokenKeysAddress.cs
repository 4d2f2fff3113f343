using Digitizer.Failures;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Digitizer.Worker.Api.Access;

/// <summary>Public keys at an https address, fetched when they are needed.</summary>
/// <remarks>
/// Kept for an hour; fetched earlier for a key that is not among them, as after the issuer has changed its keys, but
/// once a minute at most, so that made-up tokens do not make us a burden to the issuer. While the issuer cannot be
/// reached the old ones serve for an hour more.
/// </remarks>
internal sealed class TokenKeysAddress(Uri address, HttpMessageHandler network, TimeProvider time, ILogger log) : ITokenKeys
{
    private const long MaxBytes = 256 << 10;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptWithoutIssuer = TimeSpan.FromHours(2);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly HttpClient client = new(network) { MaxResponseContentBufferSize = MaxBytes, Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim turn = new(1);
    private Fetched? latest;
    private long? asked;

    /// <summary>The network as keys are fetched over it: no redirects, which could lead anywhere, and no cookies.</summary>
    public static SocketsHttpHandler Network() => new() { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeLimit };

    public async ValueTask<JsonWebKey?> FindAsync(string id, CancellationToken cancellation)
    {
        if (Within(Kept)?.Find(id) is { } known)
        {
            return known;
        }

        await RefreshAsync(cancellation);
        return Within(KeptWithoutIssuer)?.Find(id);
    }

    /// <summary>Fetches the keys once.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid: they cannot be had, or not used.</exception>
    public async Task<KeySet> FetchAsync()
    {
        try
        {
            // Not the caller's time: whoever waits for the same keys shall not lose them when it goes away.
            using var limit = new CancellationTokenSource(TimeLimit, time);
            return KeySet.Parse(await client.GetByteArrayAsync(address, limit.Token), address.AbsoluteUri);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            var why = e is OperationCanceledException ? $"no answer within {TimeLimit.TotalSeconds} seconds" : ShownName.Escape(e.Message);
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid, $"The issuer's public keys cannot be fetched from {address.AbsoluteUri}: {why} Put right network, certificate or Service:Api:Tokens:KeysAddress, or keep them in a file (KeysFile).", e);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        turn.Dispose();
    }

    private KeySet? Within(TimeSpan age) => latest is { } fetched && time.GetElapsedTime(fetched.At) < age ? fetched.Keys : null;

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (asked is { } last && time.GetElapsedTime(last) < Between)
            {
                return;
            }

            asked = time.GetTimestamp();
            latest = new Fetched(await FetchAsync(), asked.Value);
            AccessLog.TokenKeysRead(log, latest.Keys.Count);
        }
        catch (DigitizerException e)
        {
            AccessLog.TokenKeysUnreadable(log, e.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed record Fetched(KeySet Keys, long At);
}
