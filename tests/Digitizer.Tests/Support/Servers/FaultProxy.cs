using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digitizer.Tests.Support.Servers;

/// <summary>A request as it comes by.</summary>
/// <param name="Method">GET, PUT …</param>
/// <param name="Target">Path and query, as sent.</param>
internal sealed record ProxiedRequest(string Method, string Target);

/// <summary>What happens to a request.</summary>
internal enum ProxyFault
{
    None,

    /// <summary>The connection is reset; nothing is passed on.</summary>
    Reset,

    /// <summary>Answered with 503 ServerBusy; nothing is passed on.</summary>
    Busy,

    /// <summary>Answered with 403 AuthenticationFailed, as Azure does for a clock that is wrong; nothing is passed on.</summary>
    Denied,

    /// <summary>Answered with 500 and XML that is none; nothing is passed on.</summary>
    Rubbish,

    /// <summary>It is passed on and done, and the connection is reset instead of an answer.</summary>
    CutAfter,

    /// <summary>It is passed on twice; the second answer comes back.</summary>
    Twice,

    /// <summary>The answer comes in small pieces, for some seconds.</summary>
    Slow,

    /// <summary>The connection breaks in the middle of the answer's body.</summary>
    CutInside,
}

/// <summary>A proxy on loopback before a server on loopback, which does to requests what networks do. A request a connection.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly TimeProvider time;
    private readonly Task accepting;
    private readonly ConcurrentDictionary<Task, bool> underWay = [];

    /// <param name="target">Port of the server.</param>
    /// <param name="time">For what is slow.</param>
    public FaultProxy(int target, TimeProvider? time = null)
    {
        this.target = target;
        this.time = time ?? TimeProvider.System;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Decides for each request; null: all pass.</summary>
    public Func<ProxiedRequest, ProxyFault>? Rule { get; set; }

    /// <summary>How long an answer takes that is slow.</summary>
    public TimeSpan Slowness { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Everything that came by.</summary>
    public ConcurrentQueue<(ProxiedRequest Request, ProxyFault Fault)> Seen { get; } = [];

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        Task.WhenAll([accepting, .. underWay.Keys]).Wait(TimeSpan.FromSeconds(10));
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                var serving = Task.Run(() => ServeAsync(client));
                underWay[serving] = true;
                _ = serving.ContinueWith(done => underWay.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                if (await ReadAsync(client) is var (request, bytes))
                {
                    await AnswerAsync(client, request, bytes);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                Reset(client);
            }
        }
    }

    private async Task AnswerAsync(Socket client, ProxiedRequest request, byte[] bytes)
    {
        var fault = Rule?.Invoke(request) ?? ProxyFault.None;
        Seen.Enqueue((request, fault));
        switch (fault)
        {
            case ProxyFault.Reset:
                Reset(client);
                return;
            case ProxyFault.Busy:
                await SendAsync(client, Error(503, "Service Unavailable", "ServerBusy", request));
                return;
            case ProxyFault.Denied:
                await SendAsync(client, Error(403, "Forbidden", "AuthenticationFailed", request));
                return;
            case ProxyFault.Rubbish:
                await SendAsync(client, "HTTP/1.1 500 Oops\r\nContent-Type: application/xml\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                return;
            case ProxyFault.CutAfter:
                await PassAsync(bytes);
                Reset(client);
                return;
            case ProxyFault.Twice:
                await PassAsync(bytes);
                break;
            default:
                break;
        }

        var answer = await PassAsync(bytes);
        if (fault == ProxyFault.Slow)
        {
            await TrickleAsync(client, answer);
        }
        else if (fault == ProxyFault.CutInside && HeadOf(answer) is var head and > 0 && head + 1 < answer.Length)
        {
            await SendAsync(client, answer.AsMemory(0, head + ((answer.Length - head) / 2)));
            Reset(client);
        }
        else
        {
            await SendAsync(client, answer);
        }
    }

    private async Task TrickleAsync(Socket client, byte[] answer)
    {
        const int Pieces = 10;
        var size = Math.Max(1, answer.Length / Pieces);
        for (var at = 0; at < answer.Length; at += size)
        {
            await Task.Delay(Slowness / Pieces, time, stop.Token);
            await SendAsync(client, answer.AsMemory(at, Math.Min(size, answer.Length - at)));
        }
    }

    private async Task<byte[]> PassAsync(byte[] request)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
        await SendAsync(server, request);
        using var answer = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await server.ReceiveAsync(buffer, stop.Token)) > 0;)
        {
            answer.Write(buffer, 0, count);
        }

        return answer.ToArray();
    }

    private async Task<(ProxiedRequest Request, byte[] Bytes)?> ReadAsync(Socket client)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (HeadOf(all.GetBuffer().AsSpan(0, (int)all.Length)) < 0)
        {
            var count = await client.ReceiveAsync(buffer, stop.Token);
            if (count == 0)
            {
                return null;
            }

            all.Write(buffer, 0, count);
        }

        var head = HeadOf(all.ToArray());
        var lines = Encoding.Latin1.GetString(all.GetBuffer(), 0, head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var length = lines.Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)).SingleOrDefault();
        while (all.Length < head + length)
        {
            var count = await client.ReceiveAsync(buffer, stop.Token);
            all.Write(buffer, 0, count > 0 ? count : throw new IOException("The request broke off."));
        }

        // The end of the connection ends the answer.
        var kept = lines.Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)).Append("Connection: close");
        var words = lines[0].Split(' ');
        return (new ProxiedRequest(words[0], words[1]), [.. Encoding.Latin1.GetBytes(string.Join("\r\n", kept) + "\r\n\r\n"), .. all.ToArray().AsSpan(head, length)]);
    }

    private static int HeadOf(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\r\n\r\n"u8) is var end and >= 0 ? end + 4 : -1;

    private static byte[] Error(int status, string reason, string code, ProxiedRequest request)
    {
        var (body, type) = request.Method == "HEAD" ? ("", "") : ($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{reason}</Message></Error>", "Content-Type: application/xml\r\n");
        return Encoding.ASCII.GetBytes(FormattableString.Invariant($"HTTP/1.1 {status} {reason}\r\nx-ms-error-code: {code}\r\n{type}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, stop.Token)..];
        }
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}
