using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Digitizer.Worker.Api.Access;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Sends notices to the receiver of one webhook, signed.</summary>
internal sealed class WebhookPost : IDisposable
{
    /// <summary>The notice's id.</summary>
    public const string IdHeader = "Digitizer-Event-Id";

    /// <summary>Seconds since 1970 of this try.</summary>
    public const string TimestampHeader = "Digitizer-Timestamp";

    /// <summary>What proves where it comes from.</summary>
    public const string SignatureHeader = "Digitizer-Signature";

    private const int MostOfAnswer = 4 << 10;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly Uri address;
    private readonly HttpMessageInvoker client;
    private readonly WatchedFile<WebhookSecrets> secrets;
    private readonly TimeProvider time;

    public WebhookPost(WebhookOptions options, WebhookNetwork network, TimeProvider time, ILogger log)
    {
        this.time = time;
        address = new Uri(options.Address);
        client = new HttpMessageInvoker(network.HandlerFor(address, TimeLimit));
        var path = Path.GetFullPath(options.SecretFile);
        secrets = new WatchedFile<WebhookSecrets>(
            path, content => WebhookSecrets.Parse(content, path), time, read => WebhookLog.SecretsRead(log, options.Name, read.Count), problem => WebhookLog.SecretsUnreadable(log, options.Name, problem));
    }

    /// <summary>Tries once.</summary>
    /// <param name="id">The notice's.</param>
    /// <param name="body">The notice.</param>
    /// <param name="stopping">Ends the try.</param>
    /// <exception cref="OperationCanceledException">Told to stop; the receiver may have it.</exception>
    public async Task<WebhookAnswer> SendAsync(string id, byte[] body, CancellationToken stopping)
    {
        if (secrets.Current is not { } signers)
        {
            return WebhookAnswer.NoSecret;
        }

        using var request = Request(id, body, signers);

        // As the handler's own: a network takes real time, whatever clock events are dated by.
        using var limit = new CancellationTokenSource(TimeLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            await DropAsync(response, either.Token);
            return WebhookAnswer.Of((int)response.StatusCode, Wish(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return WebhookAnswer.TimedOut;
        }
        catch (HttpRequestException e)
        {
            return AnswerOf(e);
        }
        catch (IOException)
        {
            return WebhookAnswer.NoHttp;
        }
    }

    public void Dispose() => client.Dispose();

    private HttpRequestMessage Request(string id, byte[] body, WebhookSecrets signers)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Digitizer", null));
        request.Headers.Add(IdHeader, id);
        request.Headers.Add(TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SignatureHeader, signers.Sign(timestamp, body));
        return request;
    }

    // So much that a connection with a short answer can be used again.
    private static async Task DropAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        await content.ReadAtLeastAsync(new byte[MostOfAnswer], MostOfAnswer, throwOnEndOfStream: false, cancellation);
    }

    private TimeSpan? Wish(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);

    private static WebhookAnswer AnswerOf(HttpRequestException failure) => failure switch
    {
        { InnerException: ForeignAddressException } => WebhookAnswer.AddressRefused,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => WebhookAnswer.NameUnknown,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => WebhookAnswer.CertificateRefused,
        { HttpRequestError: HttpRequestError.ConnectionError } => WebhookAnswer.NoConnection,
        _ => WebhookAnswer.NoHttp,
    };
}
