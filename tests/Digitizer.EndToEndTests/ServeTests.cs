using System.Diagnostics;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Workspace;

namespace Digitizer.EndToEndTests;

public sealed class ServeTests : IDisposable
{
    private const string Code = "000.00.01.H29-260310-0420";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestProgram program = new();

    public ServeTests()
    {
        Directory.CreateDirectory(program[$"drop/{Code}"]);
        program.Write("serve.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            Service = new
            {
                State = "state",
                Dossiers = "dossiers",
                Results = "results",
                Health = (string?)null,
                Drop = new { MinFreeBytes = 1, Folders = new[] { new { Name = "quay", Path = program["drop"], Dossier = new { FromSubFolder = true } } } },
            },
        }));
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_scan_that_is_dropped_reaches_its_dossier_and_the_account_balances()
    {
        using var service = await StartAsync();
        Drop($"{Code}/letter.png", WhitePages.Png());
        await UntilAsync(() => File.Exists(program[$"dossiers/{Code}/letter/letter.pdf"]));
        await UntilAsync(async () => (await UnitsAsync()).All(u => u.State == "Closed"));

        Assert.Equal(["letter.json", "letter.pdf", "letter.txt"], program.Files($"dossiers/{Code}/letter"));
        Assert.True(File.Exists(program[$"results/quay/{Code}/letter.pdf"]));
        Assert.Empty(program.Files("drop"));
        Assert.Equal(0, await TestProgram.StopAsync(service));

        var verified = await program.RunAsync("verify", "--state", "state");
        Assert.True(verified.Code == 0, verified.ToString());
        Assert.Contains("the account balances", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_without_dossier_waits_until_a_person_assigns_one()
    {
        using var service = await StartAsync();
        Drop("loose.png", WhitePages.Png());
        await UntilAsync(async () => (await UnitsAsync("--waiting")).Count == 1);
        var unit = (await UnitsAsync("--waiting"))[0];
        var shown = await program.RunAsync("jobs", "show", unit.Id, "--state", "state", "--json");
        using var account = JsonDocument.Parse(shown.Output);
        var document = account.RootElement.GetProperty("account").GetProperty("documents")[0];
        Assert.Equal("DossierMissing", document.GetProperty("reasons")[0].GetString());

        var assigned = await program.RunAsync("jobs", "assign", document.GetProperty("id").GetString()!, Code, "--state", "state");
        Assert.True(assigned.Code == 0, assigned.ToString());
        await UntilAsync(() => File.Exists(program[$"dossiers/{Code}/loose/loose.pdf"]));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task What_a_killed_service_had_taken_goes_on_at_its_next_start()
    {
        using (var service = await StartAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                Drop($"{Code}/{i}.png", WhitePages.Png(i));
            }

            await UntilAsync(() => program.Files("drop").Length == 0);
            service.Kill();
            await service.WaitForExitAsync();
        }

        using var again = await StartAsync();
        await UntilAsync(() => Enumerable.Range(0, 5).All(i => File.Exists(program[$"dossiers/{Code}/{i}/{i}.pdf"])));
        Assert.Equal(5, Directory.GetDirectories(program[$"dossiers/{Code}"]).Length);
        Assert.Equal(0, await TestProgram.StopAsync(again));
    }

    [Fact]
    public async Task A_lost_journal_is_made_anew_and_nothing_is_filed_twice()
    {
        using (var service = await StartAsync())
        {
            Drop($"{Code}/letter.png", WhitePages.Png());
            await UntilAsync(async () => (await UnitsAsync()) is [{ State: "Closed" }]);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        foreach (var file in Directory.GetFiles(program["state"], "journal.db*"))
        {
            File.Delete(file);
        }

        var rebuilt = await program.RunAsync("rebuild-journal", "--state", "state");
        Assert.True(rebuilt.Code == 0, rebuilt.ToString());
        Assert.Contains("1 unit: 1 finished", rebuilt.Output, StringComparison.Ordinal);

        using var again = await StartAsync();
        Drop($"{Code}/next.png", WhitePages.Png(1));
        await UntilAsync(() => File.Exists(program[$"dossiers/{Code}/next/next.pdf"]));
        Assert.Equal(["letter", "next"], Directory.GetDirectories(program[$"dossiers/{Code}"]).Select(d => Path.GetFileName(d)!).Where(d => d[0] != '.').Order(StringComparer.Ordinal));
        Assert.Equal(0, await TestProgram.StopAsync(again));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_listed_with_its_reason_and_kept()
    {
        using var service = await StartAsync();
        var broken = File.ReadAllBytes(Path.Combine(Samples.Fixtures, "damaged", "bad-crc.png"));
        Drop($"{Code}/bad.png", broken);
        Drop($"{Code}/bad.png.done", []);
        Drop($"{Code}/good.png", WhitePages.Png());
        await UntilAsync(() => File.Exists(program[$"dossiers/{Code}/good/good.pdf"]));
        Assert.False(Directory.Exists(program[$"dossiers/{Code}/bad"]));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Theory]
    [InlineData("{ \"Service\": { \"State\": \"s\", \"Oops\": 1 } }", "Oops")]
    [InlineData("{ \"Service\": { } }", "names no folder")]
    [InlineData("{ no json", "cannot be read")]
    public async Task A_configuration_that_is_not_right_ends_the_start_with_3_and_says_why(string json, string said)
    {
        program.Write("wrong.json", System.Text.Encoding.UTF8.GetBytes(json));
        var ended = await program.RunAsync("serve", "--config", "wrong.json");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains(said, ended.Errors, StringComparison.Ordinal);
        Assert.Contains("[ConfigurationInvalid]", ended.Errors, StringComparison.Ordinal);
    }

    private Task<Process> StartAsync() => program.ServeAsync("serve.json");

    // As a scanner that renames when it has finished.
    private void Drop(string name, byte[] content)
    {
        program.Write($"drop/{name}.tmp", content);
        AtomicFile.MoveInto(program[$"drop/{name}.tmp"], program[$"drop/{name}"], Existing.Replace);
    }

    private async Task<List<(string Id, string State)>> UnitsAsync(params string[] more)
    {
        var ended = await program.RunAsync(["jobs", "list", "--state", "state", "--json", .. more]);
        Assert.True(ended.Code == 0, ended.ToString());
        using var list = JsonDocument.Parse(ended.Output);
        return [.. list.RootElement.GetProperty("units").EnumerateArray().Select(u => (u.GetProperty("id").GetString()!, u.GetProperty("state").GetString()!))];
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
