using System.Net;
using System.Net.Sockets;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>A network that reaches the configured host of a webhook and nothing else.</summary>
/// <remarks>
/// No redirects, no proxy of the environment, no cookies. The name is resolved once for each connection, its addresses are
/// checked, and the connection goes to what was checked.
/// </remarks>
internal sealed class WebhookNetwork
{
    private const int MaxHeaderKilobytes = 16;

    /// <summary>The network of this machine.</summary>
    public static WebhookNetwork Own { get; } = new();

    /// <summary>What a name means.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects to the first of these that answers.</summary>
    public Func<IPAddress[], int, CancellationToken, ValueTask<Stream>> Dial { get; init; } = DialAsync;

    /// <summary>A handler for one address.</summary>
    /// <param name="configured">The webhook's.</param>
    /// <param name="connectTimeout">For one connection.</param>
    public SocketsHttpHandler HandlerFor(Uri configured, TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout,
        MaxResponseHeadersLength = MaxHeaderKilobytes,

        // The name may come to mean another machine.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, cancellation) => IsOf(configured, context.DnsEndPoint)
            ? await Dial(await AddressesAsync(configured.IdnHost, cancellation), configured.Port, cancellation)
            : throw new ForeignAddressException(),
    };

    /// <summary>The addresses of a host that may be connected to.</summary>
    /// <exception cref="ForeignAddressException">It has none.</exception>
    /// <exception cref="SocketException">It has none at all.</exception>
    public async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
        => (await Resolve(host, cancellation)).Where(address => WebhookAddress.MayBe(address, host)).ToArray() is { Length: > 0 } addresses ? addresses : throw new ForeignAddressException();

    // The handler writes IPv6 in brackets.
    private static bool IsOf(Uri configured, DnsEndPoint wanted) => wanted.Host.Trim('[', ']').Equals(configured.IdnHost, StringComparison.OrdinalIgnoreCase) && wanted.Port == configured.Port;

    private static async ValueTask<Stream> DialAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A webhook's host means an address that no receiver has: link-local, a group's, a cloud's store of credentials, or this machine under another name.</summary>
internal sealed class ForeignAddressException() : Exception("The host means only addresses that a webhook must not call.");
