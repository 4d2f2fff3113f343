using System.Net;
using System.Net.Sockets;
using Digitizer.Network;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Which addresses a webhook may have, by how they are written and by what their names mean.</summary>
internal static class WebhookAddress
{
    private const string Example = "https://portal.tinh.gov.vn/so-hoa";

    // Where clouds give out credentials; those on link-local addresses are refused with these.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
    ];

    // 64:ff9b::/96, behind which lies the whole of IPv4.
    private static readonly byte[] Translated = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What is wrong with it, and what to write; null: nothing.</summary>
    public static string? Problem(string written)
    {
        if (!Uri.TryCreate(written, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return $"write an address such as {Example}.";
        }

        if (uri.UserInfo.Length > 0 || written.Contains('@', StringComparison.Ordinal))
        {
            return "it holds a user name or an @; the signature tells the receiver who calls.";
        }

        if (uri.Fragment.Length > 0 || written.Contains('#', StringComparison.Ordinal))
        {
            return "it holds a part after #, which is never sent; leave it out.";
        }

        var host = IPAddress.TryParse(uri.IdnHost, out var address) ? address : null;
        return WrittenOtherwise(uri, written)
            ?? (host is not null && !IsOfOneMachine(host) ? "it is no address of one machine." : null)
            ?? (uri.Scheme == Uri.UriSchemeHttp && (host is null || !IPAddress.IsLoopback(host)) ? "everybody on the way could read it; write https. Only an address of this machine, such as http://127.0.0.1:8080, may be called without." : null);
    }

    /// <summary>True if a connection to a configured host may go to this address.</summary>
    /// <param name="address">What its name means now.</param>
    /// <param name="host">As it is configured: an address that stands there itself was meant.</param>
    public static bool MayBe(IPAddress address, string host)
    {
        if (IPAddress.TryParse(host, out var meant) && meant.Equals(address))
        {
            return true;
        }

        var plain = Plain(address);
        return Outbound.MayBe(plain, host) && !Metadata.Contains(plain);
    }

    // What programs understand as an address in several ways is refused in all but one.
    private static string? WrittenOtherwise(Uri uri, string written)
    {
        var plain = uri.HostNameType is UriHostNameType.Dns && uri.IdnHost != uri.Host ? uri.AbsoluteUri.Replace(uri.Host, uri.IdnHost, StringComparison.Ordinal) : uri.AbsoluteUri;
        if (IPAddress.TryParse(uri.IdnHost, out var address) && !Plain(address).Equals(address))
        {
            return $"its host is {Plain(address)} in another form; write that.";
        }

        return written == plain || written + "/" == plain ? null : $"it means {plain}; write it so.";
    }

    private static bool IsOfOneMachine(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is not ([0, ..] or [>= 224, ..])
        : !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);

    private static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return bytes.AsSpan().StartsWith(Translated) ? new IPAddress(bytes[^4..]) : address;
    }
}
