using Digitizer.Failures;
using Digitizer.Tests.Support;
using Digitizer.Workspace;

namespace Digitizer.Tests.Workspace;

public sealed class StateFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_killed_run_left_is_cleared_and_results_stay()
    {
        folder.File(Path.Combine("out", ".digitizer", "work", "000001", "00001_page.bin"));
        folder.File("out/x.pdf");
        using var state = StateFolder.OfOutput(folder["out"]);
        Assert.Empty(Directory.GetFileSystemEntries(folder["out/.digitizer/work"]));
        Assert.Equal(["x.pdf"], folder.Files("out"));
    }

    [Fact]
    public void Intermediate_files_are_gone_when_their_unit_and_the_run_end()
    {
        using (var state = StateFolder.OfOutput(folder["out"]))
        {
            using (var unit = state.CreateUnitFolder())
            {
                File.WriteAllText(unit.PageImage(0), "x");
                Assert.EndsWith("/00001_page.bin", unit.PageImage(0), StringComparison.Ordinal);
            }

            Assert.Empty(Directory.GetFileSystemEntries(folder["out/.digitizer/work"]));
            File.WriteAllText(state.CreateUnitFolder().PageImage(0), "x");
        }

        Assert.False(Directory.Exists(folder["out/.digitizer/work"]));
    }

    [Fact]
    public void Two_runs_do_not_work_in_one_folder_at_the_same_time()
    {
        using (StateFolder.OfOutput(folder["out"]))
        {
            var failure = Assert.Throws<DigitizerException>(() => StateFolder.OfOutput(folder["out"]));
            Assert.Equal(FailureKind.OutputInUse, failure.Kind);
            Assert.Contains("Another run", failure.Message, StringComparison.Ordinal);
        }

        StateFolder.OfOutput(folder["out"]).Dispose();
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_a_failure()
    {
        folder.File("out");
        Assert.Equal(FailureKind.NameTaken, Assert.Throws<DigitizerException>(() => StateFolder.OfOutput(folder["out"])).Kind);
    }
}
