using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>The clients of samples/clients against the real service.</summary>
public sealed class ClientsTests : IDisposable
{
    private static readonly string Clients = Path.Combine(Samples.Folder, "clients");
    private readonly ApiUnderTest api = new();

    public void Dispose() => api.Dispose();

    [Theory]
    [InlineData("python")]
    [InlineData("curl")]
    [InlineData("csharp")]
    public async Task Files_become_one_document_that_is_saved(string client)
    {
        var key = await KeyAsync();
        using var service = await api.StartAsync();
        Pages();
        var done = await RunAsync(client, key, Code, "một.png", "hai, ba.png");
        Assert.True(done.Code == 0, done.ToString());
        Assert.Equal("out/một.pdf", done.Output.Trim());
        Assert.Equal(["một.json", "một.pdf", "một.txt"], api.Program.Files("out"));
        using var result = JsonDocument.Parse(File.ReadAllBytes(api.Program["out/một.json"]));
        Assert.Equal(["một.png", "hai, ba.png"], result.RootElement.GetProperty("pages").EnumerateArray().Select(p => p.GetProperty("source").GetProperty("file").GetString()));
        Assert.Equal(File.ReadAllBytes(api.Program["out/một.pdf"]), File.ReadAllBytes(Directory.GetFiles(api.Program[$"dossiers/{Code}"], "*.pdf", SearchOption.AllDirectories).Single()));

        var waits = await RunAsync(client, key, "", "một.png");
        Assert.True(waits.Code == 1, waits.ToString());
        Assert.Contains("waits for a person: DossierMissing", waits.Errors, StringComparison.Ordinal);

        var refused = await RunAsync(client, key, "x", "một.png");
        Assert.True(refused.Code == 3, refused.ToString());
        Assert.Contains("DossierCodeInvalid: ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(client, key, Code)).Code);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Theory]
    [InlineData("python", false)]
    [InlineData("curl", false)]
    [InlineData("csharp", false)]
    [InlineData("python", true)]
    [InlineData("curl", true)]
    [InlineData("csharp", true)]
    public async Task What_a_killed_service_has_accepted_and_not_answered_is_one_submission(string client, bool isClientKilledToo)
    {
        var key = await KeyAsync();
        Pages();
        using var first = await KilledAsync(client, key);
        if (isClientKilledToo)
        {
            first.Kill(entireProcessTree: true);
        }

        using var service = await api.StartAsync();
        var done = await (isClientKilledToo ? RunAsync(client, key, Code, "một.png") : EndAsync(first));
        Assert.True(done.Code == 0, done.ToString());
        Assert.Single(await api.Bench.UnitsAsync());
        Assert.Single(Directory.GetFiles(api.Program[$"dossiers/{Code}"], "*.pdf", SearchOption.AllDirectories));
        Assert.Equal(["một.json", "một.pdf", "một.txt"], api.Program.Files("out"));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("curl")]
    [InlineData("csharp")]
    public async Task A_refusal_is_told_even_if_it_comes_before_the_end_of_the_upload(string client)
    {
        var small = (await api.CallerAsync("--max-upload", "1M")).Key!;
        using var service = await api.StartAsync();
        api.Program.Write("large.png", [.. WhitePages.Png(1), .. new byte[20 << 20]]);
        var tooLarge = await RunAsync(client, small, Code, "large.png");
        Assert.True(tooLarge.Code == 3, tooLarge.ToString());
        Assert.Contains("FileTooLarge: ", tooLarge.Errors, StringComparison.Ordinal);
        Assert.Empty(api.Program.Files("out"));
        Assert.Equal(2, (await RunAsync(client, small, Code, "missing.png")).Code);

        // Whose key is not known for the moment may have submitted before: it goes on with the same Idempotency-Key.
        var unknown = await RunAsync(client, "unknown", Code, "large.png");
        Assert.True(unknown.Code == 3, unknown.ToString());
        Assert.Contains("The key is not known. Ask the administrator.", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal([".large.key"], api.Program.Files("out"));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("curl")]
    [InlineData("csharp")]
    public async Task They_wait_no_longer_than_they_are_told_and_go_on_with_the_same_submission_later(string client)
    {
        var key = await KeyAsync();
        Pages();
        using (var slow = await api.StartAsync("ResultNamed=hang:600"))
        {
            using var waiting = Start(client, key, Code, ["--patience", "2"], "một.png");
            var ended = await EndAsync(waiting);
            Assert.True(ended.Code == 3, ended.ToString());
            Assert.Contains("is safe and not done yet; start this again later", ended.Errors, StringComparison.Ordinal);
            slow.Kill(entireProcessTree: true);
            await slow.WaitForExitAsync();
        }

        using var service = await api.StartAsync();
        var done = await RunAsync(client, key, Code, "một.png");
        Assert.True(done.Code == 0, done.ToString());
        Assert.Single(await api.Bench.UnitsAsync());
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public void They_call_only_what_is_described()
    {
        using var description = JsonDocument.Parse(Reference.Description);
        var described = description.RootElement.GetProperty("paths").EnumerateObject().Select(p => Regex.Escape(p.Name).Replace(@"\{id}", "[^/]+", StringComparison.Ordinal)).ToList();
        foreach (var file in new[] { "python/digitize.py", "curl/digitize.sh", "csharp/Program.cs" })
        {
            var called = Regex.Matches(File.ReadAllText(Path.Combine(Clients, file)), @"v1/[a-z]+(/[^""?\s]*)?").Select(m => "/" + Regex.Replace(m.Value, @"(\{|\$)?kind\}?$", "pdf")).ToList();
            Assert.True(called.Count >= 3, file);
            Assert.All(called, path => Assert.Contains(described, d => Regex.IsMatch(Regex.Replace(path, @"\{[^/]+\}|\$[a-z]+", "x"), $"^{d}$")));
        }
    }

    private async Task<string> KeyAsync() => (await api.CallerAsync("--source", ApiUnderTest.Source)).Key!;

    private void Pages()
    {
        api.Program.Write("một.png", WhitePages.Png(1));
        api.Program.Write("hai, ba.png", WhitePages.Png(2));
    }

    // A new journal's third commit is the first acceptance.
    private async Task<Process> KilledAsync(string client, string key)
    {
        using var service = await api.StartAsync("Committed@3=kill");
        var running = Start(client, key, Code, [], "một.png");
        await service.WaitForExitAsync().WaitAsync(TestProgram.Patience);
        Assert.Equal(["Accepted"], (await api.Bench.UnitsAsync()).Select(u => u.State));
        Assert.False(running.HasExited);
        return running;
    }

    private async Task<Ended> RunAsync(string client, string key, string dossier, params string[] files)
    {
        using var process = Start(client, key, dossier, [], files);
        return await EndAsync(process);
    }

    private Process Start(string client, string key, string dossier, string[] options, params string[] files)
    {
        string[] command = client switch
        {
            "python" => ["python3", Path.Combine(Clients, "python", "digitize.py"), .. options, "--server", api.Address, "--dossier", dossier, "--out", "out", .. files],
            "curl" => ["sh", Path.Combine(Clients, "curl", "digitize.sh"), .. options, api.Address, dossier, "out", .. files],
            _ => ["dotnet", Path.Combine(Clients, "csharp", "bin", "Release", "net10.0", "digitize.dll"), .. options, api.Address, dossier, "out", .. files],
        };
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = api.Program.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DIGITIZER_KEY"] = key;
        start.Environment["PYTHONUTF8"] = "1";
        return Process.Start(start)!;
    }

    private static async Task<Ended> EndAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TestProgram.Patience);
        await process.WaitForExitAsync().WaitAsync(TestProgram.Patience);
        return new Ended(process.ExitCode, output, await errors);
    }
}
