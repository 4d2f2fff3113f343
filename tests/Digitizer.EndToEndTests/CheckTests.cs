using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests;

public sealed class CheckTests : IDisposable
{
    private readonly TestProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_machine_that_has_everything_passes_and_the_confinement_is_tried()
    {
        var ended = await program.RunAsync("check");
        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains("tesseract 5.", ended.Output, StringComparison.Ordinal);
        Assert.True(ended.Output.Split("a page-worker cannot").Length > 12, ended.ToString());
        Assert.Contains("Everything that a run needs is there.", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_are_said_at_once_with_3()
    {
        var ended = await program.RunAsync("check", "--model", "klingon", "--out", "/proc/digitizer");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("[ModelMissing]", ended.Output, StringComparison.Ordinal);
        Assert.Contains("[OutputNotWritable]", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_checked_before_it_is_started_and_nothing_is_left_of_it()
    {
        using var bench = new ServiceUnderTest();
        var good = await bench.Program.RunAsync("check", "--config", "serve.json");
        Assert.True(good.Code == 0, good.ToString());
        Assert.Contains("drop folder quay", good.Output, StringComparison.Ordinal);
        Assert.Equal(["drop", "serve.json"], Directory.GetFileSystemEntries(bench.Program.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        bench.Configure(new()
        {
            ["State"] = "/proc/digitizer",
            ["PostgreSql"] = "Host=127.0.0.1;Port=1;Timeout=2",
            ["Drop"] = new { Folders = new[] { new { Name = "gone", Path = bench.Program["nowhere"] }, new { Name = "inside", Path = bench.Program["nowhere/inside"] } } },
        });
        var bad = await bench.Program.RunAsync("check", "--config", "serve.json");
        Assert.True(bad.Code == 3, bad.ToString());
        Assert.All(["is not there", "overlap", "[OutputNotWritable]", "[JournalUnavailable]"], said => Assert.Contains(said, bad.Output, StringComparison.Ordinal));

        bench.Configure(new() { ["Dossiers"] = null, ["DossierSystem"] = new { Address = "ftp://x" } });
        var wrong = await bench.Program.RunAsync("check", "--config", "serve.json");
        Assert.True(wrong.Code == 3, wrong.ToString());
        Assert.Contains("[ConfigurationInvalid]", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_telemetry_goes_is_said_and_what_cannot_be_an_address_is_refused()
    {
        using var bench = new ServiceUnderTest();
        bench.Configure(new() { ["Telemetry"] = new { Endpoint = "http://127.0.0.1:4317", Traces = false } });
        var good = await bench.Program.RunAsync("check", "--config", "serve.json");
        Assert.True(good.Code == 0, good.ToString());
        Assert.Contains("metrics, logs to http://127.0.0.1:4317 by grpc", good.Output, StringComparison.Ordinal);

        bench.Configure(new() { ["Telemetry"] = new { Endpoint = "collector:4317", Protocol = "http", ServiceName = "", MetricsEverySeconds = 0 } });
        var wrong = await bench.Program.RunAsync("check", "--config", "serve.json");
        Assert.True(wrong.Code == 3, wrong.ToString());
        Assert.All(["Telemetry:Endpoint", "Telemetry:Protocol", "ServiceName", "MetricsEverySeconds"], said => Assert.Contains(said, wrong.Output, StringComparison.Ordinal));
    }
}
