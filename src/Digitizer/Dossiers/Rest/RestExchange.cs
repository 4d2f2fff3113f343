using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Digitizer.Dossiers.Rest;

/// <summary>One message out, one answer in. Says what is certain about the outcome.</summary>
internal sealed class RestExchange(HttpMessageInvoker client, TimeProvider time)
{
    /// <summary>Largest JSON answer in bytes.</summary>
    public const int LargestAnswer = 1 << 20;

    /// <summary>Sends a message.</summary>
    /// <param name="message">Stays the caller's.</param>
    /// <param name="wantsContent">See <see cref="RestRequest.WantsContent"/>.</param>
    /// <param name="cancellation">Throws when it fires: the caller knows why.</param>
    public async Task<RestReply> SendAsync(HttpRequestMessage message, bool wantsContent, CancellationToken cancellation)
    {
        var body = WatchedContent.Watch(message);
        try
        {
            using var answer = await client.SendAsync(message, cancellation).ConfigureAwait(false);
            return await ReadAsync(answer, wantsContent, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            // What was not begun cannot have been acted on; a message without a body may have been.
            return IsBeforeSending(e) || body is { WasBegun: false } ? new RestReply.NotSent(Describe(e)) : new RestReply.Lost(Describe(e));
        }
        catch (IOException e)
        {
            return new RestReply.Lost($"The connection broke: {e.GetType().Name}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The handler's own limit, which is for connecting.
            return new RestReply.NotSent("It could not be connected to in time.");
        }
    }

    private static bool IsBeforeSending(HttpRequestException e) => e.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static string Describe(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Its name does not resolve.",
        HttpRequestError.ConnectionError => "It cannot be connected to.",
        HttpRequestError.SecureConnectionError => "Its certificate is not trusted, or TLS failed.",
        var error => $"The connection broke: {error}.",
    };

    private async Task<RestReply> ReadAsync(HttpResponseMessage answer, bool wantsContent, CancellationToken cancellation)
    {
        var read = new RestReply.Answer((int)answer.StatusCode)
        {
            RetryAfter = RetryAfter(answer.Headers.RetryAfter),
            IsPage = answer.Content.Headers.ContentType?.MediaType == "text/html",
        };
        var stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        if (wantsContent && answer.StatusCode == HttpStatusCode.OK)
        {
            return read with { ContentSha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false)) };
        }

        var start = new byte[LargestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return read with { Json = length > LargestAnswer ? null : Parse(start.AsSpan(0, length)) };
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var node = JsonNode.Parse(body);
            // Members are told apart when they are first looked at: a name that comes twice shows itself here.
            _ = node is JsonObject fields && fields.ContainsKey("");
            return node;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wish = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wish > TimeSpan.Zero ? wish : null;
    }
}
