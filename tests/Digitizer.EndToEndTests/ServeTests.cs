using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests;

public sealed class ServeTests : IDisposable
{
    private readonly ServiceUnderTest bench = new();

    public void Dispose() => bench.Dispose();

    private TestProgram Program => bench.Program;

    [Fact]
    public async Task A_scan_that_is_dropped_reaches_its_dossier_and_the_account_balances()
    {
        using var service = await bench.StartAsync();
        bench.Drop($"{Code}/letter.png", WhitePages.Png());
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/letter/letter.pdf"]));
        await UntilAsync(async () => (await bench.UnitsAsync()).All(u => u.State == "Closed"));

        Assert.Equal(["letter.json", "letter.pdf", "letter.txt"], Program.Files($"dossiers/{Code}/letter"));
        Assert.True(File.Exists(Program[$"results/quay/{Code}/letter.pdf"]));
        Assert.Empty(Program.Files("drop"));
        Assert.Equal(0, await TestProgram.StopAsync(service));

        var verified = await Program.RunAsync("verify", "--state", "state");
        Assert.True(verified.Code == 0, verified.ToString());
        Assert.Contains("the account balances", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_without_dossier_waits_until_a_person_assigns_one()
    {
        using var service = await bench.StartAsync();
        bench.Drop("loose.png", WhitePages.Png());
        await UntilAsync(async () => (await bench.UnitsAsync("--waiting")).Count == 1);
        var unit = (await bench.UnitsAsync("--waiting"))[0];
        var shown = await Program.RunAsync("jobs", "show", unit.Id, "--state", "state", "--json");
        using var account = JsonDocument.Parse(shown.Output);
        var document = account.RootElement.GetProperty("account").GetProperty("documents")[0];
        Assert.Equal("DossierMissing", document.GetProperty("reasons")[0].GetString());

        var released = await Program.RunAsync("jobs", "release", document.GetProperty("id").GetString()!, "--state", "state");
        Assert.True(released.Code == 2, released.ToString());
        Assert.Contains("filed nowhere", released.Errors, StringComparison.Ordinal);
        var assigned = await Program.RunAsync("jobs", "assign", document.GetProperty("id").GetString()!, Code, "--state", "state");
        Assert.True(assigned.Code == 0, assigned.ToString());
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/loose/loose.pdf"]));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task What_a_killed_service_had_taken_goes_on_at_its_next_start()
    {
        using (var service = await bench.StartAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                bench.Drop($"{Code}/{i}.png", WhitePages.Png(i));
            }

            await UntilAsync(() => Program.Files("drop").Length == 0);
            service.Kill();
            await service.WaitForExitAsync();
        }

        using var again = await bench.StartAsync();
        await UntilAsync(() => Enumerable.Range(0, 5).All(i => File.Exists(Program[$"dossiers/{Code}/{i}/{i}.pdf"])));
        Assert.Equal(5, Directory.GetDirectories(Program[$"dossiers/{Code}"]).Length);
        Assert.Equal(0, await TestProgram.StopAsync(again));
    }

    [Fact]
    public async Task Only_a_configured_retention_removes_anything_and_a_trial_tells_what()
    {
        using (var service = await bench.StartAsync())
        {
            await bench.FileAsync("letter");
            var forEver = await Program.RunAsync("purge", "--state", "state");
            Assert.True(forEver.Code == 2, forEver.ToString());
            Assert.Contains("Everything is kept", forEver.Errors, StringComparison.Ordinal);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        bench.Configure(new() { ["Retention"] = new { After = 3650 } });
        using (var service = await bench.StartAsync())
        {
            var trial = await Program.RunAsync("purge", "--state", "state", "--dry-run");
            Assert.True(trial.Code == 0, trial.ToString());
            Assert.Contains("0 units would be taken out", trial.Output, StringComparison.Ordinal);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        var stopped = await Program.RunAsync("purge", "--config", "serve.json");
        Assert.True(stopped.Code == 0, stopped.ToString());
        Assert.Contains("0 units taken out", stopped.Output, StringComparison.Ordinal);
        bench.Configure(new() { ["Retention"] = new { After = 0 } });
        Assert.Contains("After", (await Program.RunAsync("purge", "--config", "serve.json")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_journal_is_made_anew_and_nothing_is_filed_twice()
    {
        using (var service = await bench.StartAsync())
        {
            bench.Drop($"{Code}/letter.png", WhitePages.Png());
            await UntilAsync(async () => (await bench.UnitsAsync()) is [{ State: "Closed" }]);
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        foreach (var file in Directory.GetFiles(Program["state"], "journal.db*"))
        {
            File.Delete(file);
        }

        var rebuilt = await Program.RunAsync("rebuild-journal", "--state", "state");
        Assert.True(rebuilt.Code == 0, rebuilt.ToString());
        Assert.Contains("1 unit: 1 finished", rebuilt.Output, StringComparison.Ordinal);

        using var again = await bench.StartAsync();
        bench.Drop($"{Code}/next.png", WhitePages.Png(1));
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/next/next.pdf"]));
        Assert.Equal(["letter", "next"], Directory.GetDirectories(Program[$"dossiers/{Code}"]).Select(d => Path.GetFileName(d)!).Where(d => d[0] != '.').Order(StringComparer.Ordinal));
        Assert.Equal(0, await TestProgram.StopAsync(again));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_listed_with_its_reason_and_kept()
    {
        using var service = await bench.StartAsync();
        var broken = File.ReadAllBytes(Path.Combine(Samples.Fixtures, "damaged", "bad-crc.png"));
        bench.Drop($"{Code}/bad.png", broken);
        bench.Drop($"{Code}/bad.png.done", []);
        bench.Drop($"{Code}/good.png", WhitePages.Png());
        await UntilAsync(() => File.Exists(Program[$"dossiers/{Code}/good/good.pdf"]));
        Assert.False(Directory.Exists(Program[$"dossiers/{Code}/bad"]));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Theory]
    [InlineData("{ \"Service\": { \"State\": \"s\", \"Oops\": 1 } }", "Oops")]
    [InlineData("{ \"Service\": { } }", "names no folder")]
    [InlineData("{ no json", "cannot be read")]
    public async Task A_configuration_that_is_not_right_ends_the_start_with_3_and_says_why(string json, string said)
    {
        Program.Write("wrong.json", System.Text.Encoding.UTF8.GetBytes(json));
        var ended = await Program.RunAsync("serve", "--config", "wrong.json");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains(said, ended.Errors, StringComparison.Ordinal);
        Assert.Contains("[ConfigurationInvalid]", ended.Errors, StringComparison.Ordinal);
    }
}
