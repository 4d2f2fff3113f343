using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api.Webhooks;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Webhooks of the real program, killed and not.</summary>
public sealed partial class WebhookTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly ServiceUnderTest bench = new();
    private WebhookReceiver receiver = null!;

    private TestProgram Program => bench.Program;

    public async Task InitializeAsync()
    {
        receiver = await WebhookReceiver.StartAsync();
        Program.Write("hook.secret", System.Text.Encoding.ASCII.GetBytes(Secret));
        File.SetUnixFileMode(Program["hook.secret"], UnixFileMode.UserRead);
        bench.Configure(new()
        {
            ["Api"] = new { Listen = FreeAddress(), Sources = new[] { new { Name = "portal" } }, Webhooks = new[] { new { Name = "so-hoa", receiver.Address, SecretFile = "hook.secret" } } },
        });
    }

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task All_events_of_a_documents_life_arrive_once_and_in_order()
    {
        using var service = await bench.StartAsync();
        bench.Drop($"{Code}/letter.png", WhitePages.Png());
        await UntilAsync(() => receiver.Taken.Count == 3);
        Assert.Equal(["unit.accepted", "document.delivered", "unit.closed"], receiver.Taken.Select(r => r.Event));
        Assert.All(receiver.Taken, r => Assert.Equal((Code, "quay"), (r.Json.GetProperty("dossier").GetString(), r.Json.GetProperty("source").GetString())));

        bench.Drop("loose.png", WhitePages.Png(1));
        await UntilAsync(() => receiver.Taken.Count == 5);
        Assert.Equal(["unit.accepted", "document.needs-review"], receiver.Taken.Skip(3).Select(r => r.Event));
        var waiting = receiver.Taken[^1].Json;
        Assert.False(waiting.TryGetProperty("dossier", out _));
        var assigned = await Program.RunAsync("jobs", "assign", waiting.GetProperty("document").GetString()!, Code, "--state", "state");
        Assert.True(assigned.Code == 0, assigned.ToString());
        await UntilAsync(() => receiver.Taken.Count == 7);
        Assert.Equal(["document.delivered", "unit.closed"], receiver.Taken.Skip(5).Select(r => r.Event));
        Assert.Equal(Code, receiver.Taken[5].Json.GetProperty("dossier").GetString());

        Assert.Equal(0, await TestProgram.StopAsync(service));
        Assert.Equal(7, receiver.Requests.Count);
        Assert.Equal(receiver.Requests.Select(r => r.Line).Order(), receiver.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task A_service_that_is_killed_tells_everything_that_its_journal_has()
    {
        const int scans = 6;
        using (var service = await bench.StartAsync())
        {
            // The fourth event is under way when the power goes.
            receiver.Answer = (told, context) => receiver.Taken.Count < 3 ? WebhookReceiver.Takes(told, context) : WebhookReceiver.Hangs(told, context);
            for (var i = 0; i < scans; i++)
            {
                bench.Drop($"{Code}/{i}.png", WhitePages.Png(i));
            }

            await UntilAsync(() => receiver.Requests.Count == 4);
            service.Kill();
            await service.WaitForExitAsync();
        }

        receiver.Answer = WebhookReceiver.Takes;
        using var again = await bench.StartAsync();
        await UntilAsync(() => receiver.Taken.Count(r => r.Event == "unit.closed") == scans);
        Assert.Equal(0, await TestProgram.StopAsync(again));

        Assert.Equal(3 * scans, receiver.Taken.Count);
        Assert.Equal(receiver.Requests[3].Id, receiver.Requests[4].Id);
        Assert.Equal(3 * scans, receiver.Taken.Select(r => r.Id).Distinct().Count());
        Assert.Equal(receiver.Taken.Select(r => r.Line).Order(), receiver.Taken.Select(r => r.Line));
        Assert.All(receiver.Taken.GroupBy(r => r.Unit), unit => Assert.Equal(["unit.accepted", "document.delivered", "unit.closed"], unit.Select(r => r.Event)));
    }

    [Fact]
    public async Task The_example_of_the_documents_tells_right_from_wrong()
    {
        using (var service = await bench.StartAsync())
        {
            bench.Drop($"{Code}/letter.png", WhitePages.Png());
            await UntilAsync(() => receiver.Taken.Count > 0);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        var told = receiver.Taken[0];
        var code = Example().Match(File.ReadAllText(Path.Combine(Samples.Repository, "docs", "webhooks.md"))).Groups[1].Value;
        Assert.Contains("hmac.compare_digest", code, StringComparison.Ordinal);
        var (timestamp, signature) = (told.Headers[WebhookPost.TimestampHeader], told.Headers[WebhookPost.SignatureHeader]);
        Assert.Equal("True", await IsGenuineAsync(code, Secret, timestamp, signature, told.Body));
        Assert.Equal("True", await IsGenuineAsync(code, Secret, timestamp, "v1=00," + signature, told.Body));
        Assert.Equal("False", await IsGenuineAsync(code, Secret.Replace('0', '1'), timestamp, signature, told.Body));
        Assert.Equal("False", await IsGenuineAsync(code, Secret, timestamp, signature, [.. told.Body, (byte)' ']));
        Assert.Equal("False", await IsGenuineAsync(code, Secret, "1" + timestamp, signature, told.Body));
        Assert.Equal("False", await IsGenuineAsync(code, Secret, timestamp, "", told.Body));

        // Rightly signed, and six minutes old.
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-6).ToUnixTimeSeconds();
        Assert.Equal("False", await IsGenuineAsync(code, Secret, $"{old}", WebhookSecrets.Read(Program["hook.secret"]).Sign(old, told.Body), told.Body));
    }

    [Fact]
    public void Every_event_is_described_and_every_description_is_an_event()
    {
        var told = File.ReadAllLines(Path.Combine(Samples.Repository, "docs", "webhooks.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(WebhookEvent.Names, told.Where(name => name.Contains('.', StringComparison.Ordinal)));
        Assert.Equal(
            JsonSerializer.SerializeToElement(new WebhookNotice { Id = "", Event = "", At = default, Unit = "", Source = "", State = "" }, JsonSerializerOptions.Web).EnumerateObject().Select(p => p.Name),
            told.Where(name => !name.Contains('.', StringComparison.Ordinal)));
    }

    private async Task<string> IsGenuineAsync(string code, string secret, string timestamp, string signature, byte[] body)
    {
        Program.Write("verify.py", System.Text.Encoding.UTF8.GetBytes($"{code}\nimport sys\nprint(is_genuine(sys.argv[1].encode(), sys.argv[2], sys.argv[3], open('body', 'rb').read()))\n"));
        Program.Write("body", body);
        using var python = Process.Start(new ProcessStartInfo("python3", ["verify.py", secret, timestamp, signature]) { WorkingDirectory = Program.Folder, RedirectStandardOutput = true })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return said.Trim();
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
