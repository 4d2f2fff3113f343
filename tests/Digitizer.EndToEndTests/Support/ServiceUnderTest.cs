using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Digitizer.Workspace;

namespace Digitizer.EndToEndTests.Support;

/// <summary>The real service with one drop folder, whose sub-folders are dossiers, in a folder of its own.</summary>
internal sealed class ServiceUnderTest : IDisposable
{
    public const string Code = "000.00.01.H29-260310-0420";

    public ServiceUnderTest()
    {
        Directory.CreateDirectory(Program[$"drop/{Code}"]);
        Configure(new Dictionary<string, object?>());
    }

    public TestProgram Program { get; } = new();

    /// <summary>Settings of section Service that hold unless a test says otherwise.</summary>
    private Dictionary<string, object?> Defaults => new()
    {
        ["State"] = "state",
        ["Dossiers"] = "dossiers",
        ["Results"] = "results",
        ["Health"] = null,
        ["Drop"] = new { MinFreeBytes = 1, Folders = new[] { new { Name = "quay", Path = Program["drop"], Dossier = new { FromSubFolder = true } } } },
    };

    /// <summary>Writes the configuration.</summary>
    /// <param name="service">Settings of section Service that are other than usual.</param>
    /// <param name="delivery">Settings of section Delivery.</param>
    public void Configure(Dictionary<string, object?> service, object? delivery = null)
    {
        var settings = Defaults;
        foreach (var (name, value) in service)
        {
            settings[name] = value;
        }

        Program.Write("serve.json", JsonSerializer.SerializeToUtf8Bytes(new { Service = settings, Delivery = delivery ?? new object() }));
    }

    /// <summary>An address of this machine that nobody listens on.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return "http://" + listener.LocalEndpoint;
    }

    /// <summary>What stands at its health page, configured with <c>Health</c>.</summary>
    public static async Task<List<string>> AlertsAsync(string health)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(health + "/health/ready"));
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. report.RootElement.GetProperty("alerts").EnumerateArray().Select(a => a.GetString()!)];
    }

    /// <summary>Starts it; it is ready when this returns.</summary>
    /// <param name="failpoints">What is to fail, or null.</param>
    public Task<Process> StartAsync(string? failpoints = null) => Program.ServeAsync("serve.json", failpoints);

    /// <summary>Drops a file as a scanner does that renames when it has finished.</summary>
    public void Drop(string name, byte[] content)
    {
        Program.Write($"drop/{name}.tmp", content);
        AtomicFile.MoveInto(Program[$"drop/{name}.tmp"], Program[$"drop/{name}"], Existing.Replace);
    }

    /// <summary>The units of its journal, by <c>jobs list</c>.</summary>
    public async Task<List<(string Id, string State)>> UnitsAsync(params string[] more)
    {
        var ended = await Program.RunAsync(["jobs", "list", "--state", "state", "--json", .. more]);
        Assert.True(ended.Code == 0, ended.ToString());
        using var list = JsonDocument.Parse(ended.Output);
        return [.. list.RootElement.GetProperty("units").EnumerateArray().Select(u => (u.GetProperty("id").GetString()!, u.GetProperty("state").GetString()!))];
    }

    /// <summary>Drops scans and waits until all of them are in their dossiers and closed.</summary>
    public async Task FileAsync(params string[] names)
    {
        foreach (var (i, name) in names.Index())
        {
            Drop($"{Code}/{name}.png", WhitePages.Png(i));
        }

        await UntilAsync(() => names.All(name => File.Exists(Program[$"dossiers/{Code}/{name}/{name}.pdf"])));
        await UntilAsync(async () => (await UnitsAsync()).All(u => u.State == "Closed"));
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TestProgram.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public void Dispose() => Program.Dispose();
}
