using System.Diagnostics;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api.Access;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Keys are given out, listed and revoked by the program.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TestProgram program = new();

    public KeysCommandTests() => Directory.CreateDirectory(program["state"]);

    private string File => program[$"state/{ApiKeyFile.Name}"];

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_the_file_has_its_digest_only()
    {
        var added = await RunAsync("add", "--name", "Quầy 1", "--right", "submit,read", "--right", "act", "--source", "quay", "--source", "quay-2", "--dossier", "000.00.01.H29-*", "--expires", "365d", "--requests-per-minute", "30", "--max-upload", "2G", "--uploads-at-a-time", "3");
        Assert.True(added.Code == 0, added.ToString());
        var text = KeyText.Parse(added.Output.TrimEnd('\n'));
        Assert.NotNull(text);
        var content = await System.IO.File.ReadAllTextAsync(File);
        Assert.DoesNotContain(text.Reveal().Split('_', 3)[2], content + added.Errors, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));

        var key = Assert.Single(ApiKeyFile.In(program["state"]).Read());
        Assert.True(text.IsOf(key));
        Assert.Equal(("Quầy 1", Right.Submit | Right.Read | Right.Act, new CallerLimits(30, 2L << 30, 3)), (key.Name, key.Grant.Rights, key.Grant.Limits));
        Assert.Equal(["quay", "quay-2"], key.Grant.Sources);
        Assert.Equal(["000.00.01.H29-*"], key.Grant.Dossiers);
        Assert.Equal(365, (key.Expires - key.Created)!.Value.TotalDays, 0.01);
    }

    [Fact]
    public async Task The_file_belongs_to_whom_the_folder_belongs_though_root_writes_it()
    {
        // Only root can give the folder away; whoever else runs this owns both.
        await Said("chown", "65534:65534", program["state"]);
        Assert.Equal(0, (await RunAsync("add", "--name", "x")).Code);
        Assert.Equal(await Said("stat", "-c", "%u:%g", program["state"]), await Said("stat", "-c", "%u:%g", File));
    }

    [Fact]
    public async Task A_key_of_which_nothing_is_said_submits_and_reads_for_ever()
    {
        Assert.Equal(0, (await RunAsync("add", "--name", "x")).Code);
        var key = Assert.Single(ApiKeyFile.In(program["state"]).Read());
        Assert.Equal((Right.Submit | Right.Read, CallerLimits.Default, null), (key.Grant.Rights, key.Grant.Limits, key.Expires));
        Assert.Equal(["*", "*"], key.Grant.Sources.Concat(key.Grant.Dossiers));
    }

    [Fact]
    public async Task Commands_at_the_same_time_lose_nothing()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => RunAsync("add", "--name", $"n{i}")));
        Assert.All(added, ended => Assert.True(ended.Code == 0, ended.ToString()));
        var keys = ApiKeyFile.In(program["state"]).Read();
        Assert.Equal(added.Select(ended => KeyText.Parse(ended.Output.TrimEnd('\n'))!.Id).Order(StringComparer.Ordinal), keys.Select(key => key.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Changes_of_one_process_at_the_same_time_lose_nothing_either()
    {
        Parallel.For(0, 40, _ =>
        {
            var text = KeyText.Create();
            ApiKeyFile.In(program["state"]).Change(keys => [.. keys, new ApiKey(text.Id, "x", default, null, null, text.Sha256, new Grant(Right.Read, [], [], CallerLimits.Default))]);
        });
        Assert.Equal(40, ApiKeyFile.In(program["state"]).Read().Count);
    }

    [Fact]
    public async Task A_revoked_key_stays_in_the_list_and_the_list_tells_no_digest()
    {
        var text = KeyText.Parse((await RunAsync("add", "--name", "[x]")).Output.TrimEnd('\n'))!;
        await RunAsync("add", "--name", "y");
        var revoked = await RunAsync("revoke", text.Id);
        Assert.True(revoked.Code == 0, revoked.ToString());

        var list = await RunAsync("list");
        Assert.Matches($@"{text.Id}\s+│ \[x\]\s+│ revoked", list.Output);
        var json = (await RunAsync("list", "--json")).Output;
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal(["revoked", "usable"], parsed.RootElement.EnumerateArray().Select(key => key.GetProperty("state").GetString()));
        Assert.DoesNotContain("sha256", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(text.Sha256, json + list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_whole_is_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, """{"version":2}""");
        foreach (var arguments in (string[][])[["add", "--name", "x"], ["list"], ["revoke", "abcdefghjk"]])
        {
            var ended = await RunAsync(arguments);
            Assert.True(ended.Code == 3, ended.ToString());
            Assert.Contains("it is of version 2", ended.Errors, StringComparison.Ordinal);
            Assert.Empty(ended.Output);
        }

        Assert.Equal("""{"version":2}""", await System.IO.File.ReadAllTextAsync(File));
    }

    [Theory]
    [InlineData("add", 2, "--name")]
    [InlineData("add --name x --right admin", 2, "submit, read, act")]
    [InlineData("add --name x --expires 2020-01-01", 2, "365d")]
    [InlineData("add --name x --expires 0d", 2, "365d")]
    [InlineData("add --name x --max-upload 2T", 2, "2G")]
    [InlineData("add --name x --max-upload 0", 2, "2G")]
    [InlineData("add --name x --requests-per-minute many", 2, "from 1 to")]
    [InlineData("add --name x --uploads-at-a-time 0", 2, "from 1 to")]
    [InlineData("add --name x --dossier *29", 2, "000.00.01.H29-*")]
    [InlineData("add --name x --dossier 000.00.01.h29-260310-0420", 2, "000.00.01.H29-260310-0420")]
    [InlineData("revoke abcdefghjk", 2, "keys list")]
    [InlineData("frobnicate", 2, "keys --help")]
    public async Task Wrong_usage_says_what_is_meant_and_gives_nothing_out(string arguments, int code, string said)
    {
        var ended = await RunAsync(arguments.Split(' '));
        Assert.True(ended.Code == code, ended.ToString());
        Assert.Contains(said, ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        var ended = await program.RunAsync("keys", "add", "--name", "x", "--state", "stat");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("state folder of the service", ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program["stat"]));
    }

    [Theory]
    [InlineData("keys --help")]
    [InlineData("keys add --help")]
    public async Task Help_has_examples(string arguments)
    {
        var ended = await program.RunAsync(arguments.Split(' '));
        Assert.Equal(0, ended.Code);
        Assert.Matches(@"Examples:\n  digitizer keys add --state", ended.Output);
    }

    private static async Task<string> Said(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    private Task<Ended> RunAsync(params string[] arguments) => program.RunAsync(["keys", .. arguments, "--state", "state"]);
}
