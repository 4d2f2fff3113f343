using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D15: slow, huge, many and malformed requests. Each gets its refusal or none, none costs memory, and a good client is answered as
/// before.
/// </summary>
[Trait("Row", "D15")]
public sealed class RowD15Abuse
{
    private const int MostMegaBytes = 500;
    private const int MostMilliseconds = 1000;
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(12);

    private readonly ConcurrentBag<string> reasons = [];

    [Fact]
    public async Task Bad_clients_do_not_hold_up_a_good_one()
    {
        var row = new Row("D15", 60, 500, 2000);
        using var house = TrialHouse.WithApi(change: c => c["PageWorkers"]!["Workers"] = 1, proofEvery: 20);
        using var good = house.Caller();
        await house.StartAsync();
        await TrialHouse.SubmitAsync(good, house.Draw(1));
        var address = new Uri(house.ApiAddress);
        var key = good.Key!;

        using var over = new CancellationTokenSource();
        var slow = Enumerable.Range(0, row.Count).Select(i => SlowAsync(address, i % 2 == 0 ? null : key, over.Token)).ToList();
        var many = ManyAsync(address, row.Count * 2, over.Token);
        var huge = new[] { HugeAsync(address, key, chunked: true), HugeAsync(address, key, chunked: false), HugeHeaderAsync(address, key), FalseLengthAsync(address, key), MalformedAsync(address, key) };
        var milliseconds = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Lasting || !huge.All(h => h.IsCompleted))
        {
            var one = Stopwatch.StartNew();
            var answer = await TrialHouse.TryAsync(good, house.Draw(1));
            milliseconds.Add(one.Elapsed.TotalMilliseconds);
            if (answer?.Status != HttpStatusCode.Accepted)
            {
                reasons.Add($"the good client: {answer}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var memory = ProcessMemory.PeakMegaBytes(house.Service.Id);
        await Task.WhenAll(huge);
        await over.CancelAsync();
        await Task.WhenAll([.. slow, many]);
        var p99 = milliseconds.Order().ElementAt((int)(0.99 * (milliseconds.Count - 1)));
        row.Note($"a good client beside {row.Count} slow, {row.Count * 2} hurried and 5 huge ones: p99 {p99:F0} ms of {milliseconds.Count}; peak memory {memory} MB");
        Expect(memory <= MostMegaBytes, $"{memory} MB");
        Expect(Row.IsReduced || p99 <= MostMilliseconds, $"p99 {p99:F0} ms");
        Assert.True(await house.SettledAsync(), house.Log);
        foreach (var fault in await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house))
        {
            reasons.Add(fault);
        }

        Assert.Equal(0, await house.StopAsync());
        foreach (var _ in slow.Concat(huge))
        {
            row.Trial(reasons.IsEmpty);
        }

        row.Report(reasons);
    }

    private void Expect(bool holds, string reason)
    {
        if (!holds)
        {
            reasons.Add(reason);
        }
    }

    // A byte a second: the header, or with a key the body, which never ends.
    private static async Task SlowAsync(Uri address, string? key, CancellationToken over)
    {
        try
        {
            using var client = await ConnectAsync(address, over);
            var stream = client.GetStream();
            if (key is not null)
            {
                await stream.WriteAsync(Head(key, "Content-Length: 1000000\r\nContent-Type: image/png\r\n"), over);
            }

            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
            do
            {
                await stream.WriteAsync("x"u8.ToArray(), over);
            }
            while (await timer.WaitForNextTickAsync(over));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // It was cut off, or the trial is over.
        }
    }

    // Without a key, as fast as it goes.
    private async Task ManyAsync(Uri address, int count, CancellationToken over)
    {
        using var nobody = new ApiCaller(address.ToString(), "dgz_0000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        for (var i = 0; i < count && !over.IsCancellationRequested; i++)
        {
            var answer = await nobody.GetAsync("/v1/units");
            Expect(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests && answer.Body.Length == 0, $"a guess: {answer}");
        }
    }

    // Five gigabytes, said or not.
    private async Task HugeAsync(Uri address, string key, bool chunked)
    {
        const long Bytes = 5L << 30;
        using var client = await ConnectAsync(address, default);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(key, (chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {Bytes}\r\n") + "Content-Type: image/png\r\n"));
        var answer = AnswerAsync(stream);
        var block = new byte[1 << 20];
        try
        {
            for (long sent = 0; sent < Bytes && !answer.IsCompleted; sent += block.Length)
            {
                await stream.WriteAsync(chunked ? [.. Encoding.ASCII.GetBytes($"{block.Length:x}\r\n"), .. block, .. "\r\n"u8] : block);
            }
        }
        catch (IOException)
        {
            // The answer came first, and the connection is closed.
        }

        Expect((await answer) is 413 or 0, $"five gigabytes, chunked {chunked}: {await answer}");
    }

    // A gigabyte of header in a part of a form.
    private async Task HugeHeaderAsync(Uri address, string key)
    {
        const int Blocks = 1 << 10;
        using var client = await ConnectAsync(address, default);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(key, $"Content-Length: {(1L << 29) - 1}\r\nContent-Type: multipart/form-data; boundary=b\r\n"));
        await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""u8.ToArray());
        var answer = AnswerAsync(stream);
        var block = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
        try
        {
            for (var i = 0; i < Blocks && !answer.IsCompleted; i++)
            {
                await stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
        }

        Expect((await answer) is 400 or 0, $"a gigabyte of header: {await answer}");
    }

    // Less comes than was said.
    private async Task FalseLengthAsync(Uri address, string key)
    {
        using var client = await ConnectAsync(address, default);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(key, "Content-Length: 1000\r\nContent-Type: image/png\r\n"));
        await stream.WriteAsync("short"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        Expect((await AnswerAsync(stream)) is 400 or 0, "a body that breaks off");
    }

    private async Task MalformedAsync(Uri address, string key)
    {
        foreach (var (type, body) in new[]
        {
            ("multipart/form-data", "x"), ("multipart/form-data; boundary=", "x"), ($"multipart/form-data; boundary={new string('b', 100)}", "x"), ("multipart/form-data; boundary=b", "no parts at all"),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"), ("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n"),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n"), ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.png\"\r\n\r\nx"),
            ("multipart/form-data; boundary=b", "--b--\r\n"), ("image/png", ""), ("image/png", "GIF89a"), ("text/html", "<html>"), ("", "x"), ("image/", "x"), ("/", "x"),
        })
        {
            using var client = await ConnectAsync(address, default);
            var stream = client.GetStream();
            await stream.WriteAsync(Head(key, $"Content-Length: {body.Length}\r\n" + (type.Length > 0 ? $"Content-Type: {type}\r\n" : "")));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(body));
            var status = await AnswerAsync(stream);
            Expect(status is >= 400 and < 500, $"{type} {body}: {status}");
        }
    }

    private static async Task<TcpClient> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        return client;
    }

    private static byte[] Head(string key, string more)
        => Encoding.ASCII.GetBytes($"POST /v1/submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {Guid.NewGuid():N}\r\n{more}\r\n");

    /// <returns>The status; 0: the connection was closed without an answer.</returns>
    private static async Task<int> AnswerAsync(NetworkStream stream)
    {
        var start = new byte[12];
        try
        {
            return await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false) == start.Length ? int.Parse(Encoding.ASCII.GetString(start[9..]), System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
