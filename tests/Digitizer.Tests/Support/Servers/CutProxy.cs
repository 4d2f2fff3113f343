using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Digitizer.Tests.Support.Servers;

/// <summary>Stands between a program and a server, and cuts them off from each other: at once, as a cable that is pulled, or without a word, as a network that swallows everything.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentDictionary<TcpClient, bool> open = [];
    private readonly int target;
    private TaskCompletionSource flowing = Done();
    private volatile bool isCut;

    /// <param name="target">Port of the server, on loopback.</param>
    public CutProxy(int target)
    {
        this.target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Ends all connections and takes no new ones.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var connection in open.Keys)
        {
            connection.Client?.Close(0);
        }
    }

    /// <summary>Passes nothing on any more; connections stay, and new ones are taken.</summary>
    public void Swallow() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Passes everything on again, and what was swallowed is lost with its connection.</summary>
    public void Mend()
    {
        Cut();
        (isCut, var waiting) = (false, flowing);
        flowing = Done();
        waiting.TrySetResult();
    }

    public void Dispose()
    {
        stopped.Cancel();
        listener.Dispose();
        Cut();
        flowing.TrySetResult();
        stopped.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopped.Token);
                _ = RelayAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            open[client] = open[server] = true;
            if (isCut)
            {
                client.Client.Close(0);
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, target, stopped.Token);
            await Task.WhenAny(PumpAsync(client.GetStream(), server.GetStream()), PumpAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Cut.
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[1 << 14];
        try
        {
            while (await from.ReadAsync(buffer, stopped.Token) is var length and > 0)
            {
                await flowing.Task;
                await to.WriteAsync(buffer.AsMemory(0, length), stopped.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }
}
