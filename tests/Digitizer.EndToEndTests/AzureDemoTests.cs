using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary><c>demo --azure</c> as people run it; its temporary files are in a folder of the test, so that what it leaves is seen.</summary>
public sealed class AzureDemoTests : IDisposable
{
    // PostgreSQL may run under a user of its own, who must get at his folder.
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TestProgram program = new();

    public AzureDemoTests()
    {
        File.SetUnixFileMode(program.Folder, Passable);
        File.SetUnixFileMode(Directory.CreateDirectory(Temporary).FullName, Passable);
    }

    private string Temporary => program["temporary"];

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Every_sample_goes_from_its_blob_into_its_dossier_and_nothing_is_left_running()
    {
        var ended = await program.RunInsideAsync("env", [$"TMPDIR={Temporary}"], "demo", "--azure");

        Assert.True(ended.Code == 0, ended.ToString());
        var pdfs = program.Files("out/demo-azure/dossiers").Where(file => file.EndsWith(".pdf", StringComparison.Ordinal)).ToList();
        Assert.Equal(["anh-chup", "ban-sao-g4", "cong-van", "quet-ngang", "quyet-dinh-dau-do", "to-khai"], pdfs.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        using var tools = new PdfTools();
        Assert.All(pdfs, pdf => Assert.Equal("", tools.Check(program["out/demo-azure/dossiers/" + pdf])));
        Assert.Contains("hồ", tools.Words(program["out/demo-azure/dossiers/" + pdfs.Single(pdf => pdf.EndsWith("cong-van.pdf", StringComparison.Ordinal))]).SelectMany(page => page));
        Assert.Contains("Worker 1 read", ended.Output, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Ctrl_C_ends_everything_that_was_started()
    {
        using var demo = program.StartWith([$"TMPDIR={Temporary}"], "demo", "--azure");
        while (await demo.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Uploads", StringComparison.Ordinal))
        {
        }

        Assert.NotEmpty(Running());
        TestProgram.Signal(demo, "INT");
        await demo.StandardOutput.ReadToEndAsync().WaitAsync(TestProgram.Patience);
        await demo.WaitForExitAsync().WaitAsync(TestProgram.Patience);

        Assert.Equal(130, demo.ExitCode);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task What_is_missing_is_said_before_anything_starts()
    {
        var ended = await program.RunInsideAsync("env", [$"TMPDIR={Temporary}", "DIGITIZER_AZURITE="], "demo", "--azure");

        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("DIGITIZER_AZURITE is not set. Type:", ended.Errors, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
        AssertNothingIsLeft();
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Running());
        Assert.Empty(Directory.GetFileSystemEntries(Temporary, "digitizer*"));
    }

    // All that the demonstration starts is told, or inherits, where its temporary files are.
    private List<string> Running() => [.. Directory.GetDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), out _))
        .SelectMany(process => new[] { Path.Combine(process, "cmdline"), Path.Combine(process, "environ") })
        .Select(TextOf).Where(text => text.Contains(Temporary, StringComparison.Ordinal))];

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return "";
        }
    }
}
