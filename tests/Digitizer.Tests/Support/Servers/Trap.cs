using System.Net;
using System.Net.Sockets;

namespace Digitizer.Tests.Support.Servers;

/// <summary>Listens where nobody is to call: on this machine's own address and on another one of it.</summary>
internal sealed class Trap : IDisposable
{
    private readonly TcpListener[] listeners;
    private readonly Task[] accepting;
    private int calls;

    public Trap()
    {
        var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var port = ((IPEndPoint)first.LocalEndpoint).Port;
        var second = new TcpListener(IPAddress.Parse("127.0.0.2"), port);
        second.Start();
        listeners = [first, second];
        accepting = [.. listeners.Select(listener => Task.Run(() => AcceptAsync(listener)))];
        Address = $"127.0.0.2:{port}";
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>How many connections came.</summary>
    public int Calls => Volatile.Read(ref calls);

    public void Dispose()
    {
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        Task.WaitAll(accepting);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref calls);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
