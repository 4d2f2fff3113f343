using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests;

public sealed class HealthTests : IDisposable
{
    private const string Person = "Nguyễn Văn Mẫu";

    private readonly ServiceUnderTest bench = new();
    private readonly string health = FreeAddress();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_service_that_takes_files_is_ready_and_names_none_of_them_but_to_its_own_user()
    {
        bench.Configure(new() { ["Health"] = health, ["Drop"] = Drop(minFreeBytes: 1) });
        using var service = await bench.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "ready"), await StateAsync());

        bench.Program.Write($"drop/{Person}/lo.manifest.json", Encoding.UTF8.GetBytes($$"""{"manifestVersion":1,"documents":[{"seq":1,"files":[{"path":"{{Person}}.jpg","sha256":"{{new string('0', 64)}}"}]}]}"""));
        await UntilAsync(async () => (await AlertsAsync(health)).Any(a => a.Contains("HeldBatch", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.OK, "alerts"), await StateAsync());
        Assert.DoesNotContain(await AlertsAsync(health), alert => alert.Contains(Person, StringComparison.Ordinal));
        Assert.Contains($"{Person}.jpg", await OnSocketAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task A_service_without_room_is_not_ready()
    {
        bench.Configure(new() { ["Health"] = health, ["Drop"] = Drop(minFreeBytes: long.MaxValue) });
        using var service = await bench.StartAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-ready NoRoom"), await StateAsync());
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task A_service_with_too_much_to_do_is_not_ready_until_it_is_done()
    {
        var dossiers = FreeAddress();
        bench.Configure(new() { ["Health"] = health, ["Drop"] = Drop(minFreeBytes: 1), ["MaxBacklog"] = 1, ["Alarms"] = new { LookSeconds = 0.1 }, ["Dossiers"] = null, ["DossierSystem"] = new { Address = dossiers + "/", Repeats = 0 } });
        using var service = await bench.StartAsync();
        bench.Drop($"{Code}/letter.png", WhitePages.Png());
        await UntilAsync(async () => await StateAsync() == (HttpStatusCode.ServiceUnavailable, "not-ready Backlog"));

        await using var back = await Tests.Support.DossierSystem.StartAsync(bench.Program["system"], o => o.Url = dossiers);
        await UntilAsync(async () => (await StateAsync()).Status == HttpStatusCode.OK);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    private object Drop(long minFreeBytes) => new
    {
        MinFreeBytes = minFreeBytes,
        Folders = new[] { new { Name = "quay", Path = bench.Program["drop"], Dossier = new { FromSubFolder = true }, IdleLookSeconds = 0.2, MaxSettleMinutes = 0.01 } },
    };

    private async Task<(HttpStatusCode Status, string State)> StateAsync()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(health + "/health/ready"));
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string[] said = [report.RootElement.GetProperty("state").GetString()!, .. report.RootElement.GetProperty("refusals").EnumerateArray().Select(r => r.GetString()!)];
        return (answer.StatusCode, string.Join(' ', said));
    }

    private async Task<string> OnSocketAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(bench.Program["state/control.sock"]), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await client.GetStringAsync(new Uri("http://digitizer/health/ready"));
    }
}
