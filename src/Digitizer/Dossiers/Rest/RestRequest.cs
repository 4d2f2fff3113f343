using System.Net;

namespace Digitizer.Dossiers.Rest;

/// <summary>One call that can be made again.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Timeout">For one try, reply included.</param>
/// <param name="Create">Makes the message; asked for each try, with the session of that try.</param>
internal sealed record RestRequest(string Method, TimeSpan Timeout, Func<string?, HttpRequestMessage> Create)
{
    /// <summary>True: the body of the answer is bytes to be hashed, of any length; else JSON of limited length.</summary>
    public bool WantsContent { get; init; }

    /// <summary>True if a repetition can do no harm.</summary>
    public bool MayRepeat { get; init; }
}

/// <summary>Remembers if a body was begun: before that, no server has a request that it could act on.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent inner;

    public WatchedContent(HttpContent inner)
    {
        this.inner = inner;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    public bool WasBegun { get; private set; }

    /// <summary>Puts a watch on a message's body; null if it has none.</summary>
    public static WatchedContent? Watch(HttpRequestMessage message)
    {
        var watched = message.Content switch
        {
            null => null,
            WatchedContent already => already,
            var content => new WatchedContent(content),
        };
        message.Content = watched;
        return watched;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasBegun = true;
        return inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
