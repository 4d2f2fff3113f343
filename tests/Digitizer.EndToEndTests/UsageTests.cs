using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests;

public sealed class UsageTests : IDisposable
{
    private readonly TestProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_version_is_one_line()
    {
        var ended = await program.RunAsync("--version");
        Assert.Equal(0, ended.Code);
        Assert.Matches(@"^digitizer \d+\.\d+\.\d+\n$", ended.Output);
    }

    [Theory]
    [InlineData("--help", "digitizer [command]")]
    [InlineData("process --help", "digitizer process <INPUT>...")]
    [InlineData("demo --help", "digitizer demo")]
    [InlineData("check --help", "digitizer check")]
    [InlineData("backup --help", "digitizer backup")]
    [InlineData("purge --help", "digitizer purge")]
    [InlineData("keys --help", "digitizer keys")]
    [InlineData("move-journal --help", "digitizer move-journal")]
    public async Task Every_command_has_help_with_an_example(string arguments, string usage)
    {
        var ended = await program.RunAsync(arguments.Split(' '));
        Assert.Equal(0, ended.Code);
        Assert.Contains(usage, ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"Examples?:\n  digitizer [\w-]+", ended.Output);
    }

    [Theory]
    [InlineData("", "--help")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("process", "process --help")]
    [InlineData("process x.png --jobs 0", "from 1 to 256")]
    [InlineData("process x.png --jobs many", "from 1 to 256")]
    [InlineData("process x.png --profile other", "Known: tthc, compact")]
    [InlineData("process x.png --model ../vie", "no name of a model")]
    [InlineData("process x.png --wrong", "--wrong")]
    [InlineData("process x.png --dossier 12", "for instance 000.00.01.H29-260310-0420")]
    [InlineData("process nothing.png", "There is no such file")]
    [InlineData("process @x.png", "There is no such file")]
    [InlineData("purge", "one of --state and --config")]
    public async Task Wrong_usage_ends_with_2_says_what_is_meant_and_starts_nothing(string arguments, string said)
    {
        program.Write("x.png", WhitePages.Png());
        var ended = await program.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Contains(said, ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.Equal(["x.png"], Directory.GetFileSystemEntries(program.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task All_mistakes_of_a_command_are_said_at_once()
    {
        var ended = await program.RunAsync("process", "x.png", "--jobs", "0", "--profile", "other", "--model", "/vie");
        Assert.Contains("from 1 to 256", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("Known: tthc", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("no name of a model", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_do_not_go_into_the_folder_that_is_read()
    {
        program.Write("in/x.png", WhitePages.Png());
        var ended = await program.RunAsync("process", "in", "--out", "in");
        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Contains("Choose another folder with --out", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(["x.png"], Directory.GetFileSystemEntries(program["in"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_without_files_is_done_at_once()
    {
        Directory.CreateDirectory(program["in"]);
        var ended = await program.RunAsync("process", "in");
        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains("0 files to read", ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program["out"]));
    }
}
