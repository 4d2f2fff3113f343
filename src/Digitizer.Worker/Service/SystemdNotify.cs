using System.Net.Sockets;
using System.Text;

namespace Digitizer.Worker.Service;

/// <summary>Tells systemd how the service stands (sd_notify(3)); does nothing where nobody asked for it.</summary>
internal static class SystemdNotify
{
    /// <param name="state">For instance <c>READY=1</c>.</param>
    public static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } name)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(name[0] == '@' ? "\0" + name[1..] : name));
            socket.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException)
        {
            // The service works without a listener.
        }
    }
}
