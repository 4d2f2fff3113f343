using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Digitizer.Network;

/// <summary>HTTP that reaches the configured hosts and nothing else.</summary>
/// <remarks>
/// No redirects, no proxy of the environment, no cookies. The name is resolved here, each of its addresses is checked, and
/// the connection goes to what was checked. Addresses that no server of ours has are refused: link-local ones (clouds
/// keep credentials there), groups, and this machine unless it was configured.
/// </remarks>
internal static class Outbound
{
    /// <summary>A handler for these hosts.</summary>
    /// <param name="allowed">Absolute addresses, as configured.</param>
    /// <param name="tls">Whom to trust.</param>
    /// <param name="connectTimeout">For one connection.</param>
    public static SocketsHttpHandler CreateHandler(IReadOnlyList<Uri> allowed, SslClientAuthenticationOptions tls, TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = connectTimeout,
        // The name may come to mean another machine.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
        SslOptions = tls,
        ConnectCallback = (context, cancellation) => ConnectAsync(allowed, context.DnsEndPoint, cancellation),
    };

    /// <summary>True if a host may have this address.</summary>
    public static bool MayBe(IPAddress address, string host)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return IsThisMachine(host);
        }

        return plain.AddressFamily == AddressFamily.InterNetwork
            ? plain.GetAddressBytes() is not ([0, ..] or [169, 254, ..] or [>= 224, ..])
            : !plain.IsIPv6LinkLocal && !plain.IsIPv6Multicast && !plain.Equals(IPAddress.IPv6Any);
    }

    /// <summary>True for names and addresses of this machine.</summary>
    public static bool IsThisMachine(string host)
        => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async ValueTask<Stream> ConnectAsync(IReadOnlyList<Uri> allowed, DnsEndPoint wanted, CancellationToken cancellation)
    {
        // An IPv6 address comes in brackets, and is configured and looked up without.
        var host = wanted.Host.Trim('[', ']');
        if (!allowed.Any(a => a.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) && a.Port == wanted.Port))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "This host is not configured.");
        }

        var addresses = (await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false)).Where(a => MayBe(a, host)).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "The host has no address that may be connected to.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, wanted.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
