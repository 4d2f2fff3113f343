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
}
